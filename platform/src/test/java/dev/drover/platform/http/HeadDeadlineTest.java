package dev.drover.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadDeadlineTest {

    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new HeadDeadline(10_000), new HttpRequestDecoder());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aHeadThatTricklesIsCutOffAlthoughItNeverPauses() {
        for (int second = 0; second < 10; second++) {
            say(HEAD.substring(second, second + 1));
            assertThat(channel.isOpen()).isTrue();
            pass(1);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void soIsALaterOneOnTheSameConnection() {
        say(HEAD);
        say(HEAD + HEAD);
        pass(60);
        assertThat(requests()).isEqualTo(3);
        for (int second = 0; second < 10; second++) {
            say(HEAD.substring(second, second + 1));
            assertThat(channel.isOpen()).isTrue();
            pass(1);
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void onceTheHeadIsThereTheConnectionMayTakeItsTimeAndNothingIsLost() {
        say(HEAD.substring(0, HEAD.length() - 3));
        pass(9);
        say(HEAD.substring(HEAD.length() - 3));
        pass(60);
        say(HEAD.substring(0, 5));
        pass(9);
        say(HEAD.substring(5));
        pass(60);
        assertThat(channel.isOpen()).isTrue();
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aBodyMayTakeItsTimeBeItTheFirstRequestsOrALaterOnes() {
        for (int request = 0; request < 2; request++) {
            say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n");
            for (int second = 0; second < 40; second++) {
                say("x");
                pass(1);
            }
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void aConnectionThatSaysNothingIsForTheIdleTimeOut() {
        pass(60);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whatIsNoRequestsAnyMoreIsLeftAlone() {
        say(HEAD);
        say(HEAD);
        channel.pipeline().remove(HttpRequestDecoder.class);
        say("a frame");
        pass(60);
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().get(HeadDeadline.class)).isNull();
    }

    @Test
    void blankLinesBeforeTheRequestDoNotMakeAHead() {
        say("\r\n\r\n\r\nGET / HTTP/1.1\r\n");
        pass(10);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatIsEncryptedIsNotLookedInto() {
        EmbeddedChannel other = new EmbeddedChannel(new HeadDeadline(10_000));
        other.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x16, 3, 1}));
        pass(other, 60);
        assertThat(other.isOpen()).isTrue();
        other.finishAndReleaseAll();
    }

    @Test
    void aServerOfAnotherProtocolHasNoHeads() {
        EmbeddedChannel other = new EmbeddedChannel(new HeadDeadline(10_000));
        other.writeInbound(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
        pass(other, 60);
        assertThat(other.isOpen()).isTrue();
        assertThat(other.pipeline().get(HeadDeadline.class)).isNull();
        other.finishAndReleaseAll();
    }

    private void say(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void pass(int seconds) {
        pass(channel, seconds);
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    /** How many came through whole. */
    private int requests() {
        int requests = 0;
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            requests += next instanceof HttpRequest ? 1 : 0;
            ReferenceCountUtil.release(next);
        }
        return requests;
    }
}

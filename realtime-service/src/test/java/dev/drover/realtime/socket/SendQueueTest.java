package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.drover.realtime.delivery.Frame;

class SendQueueTest {

    private static final int WINDOW = 64;

    private final RecordingWire wire = new RecordingWire();
    private final SendQueue queue = new SendQueue(wire, 10, 1_000_000);

    @Test
    void framesLeaveInOrderAndOnlySoManyAtATime() {
        for (int i = 0; i < WINDOW + 10; i++) {
            assertThat(offer("f" + i, 10)).isTrue();
        }
        assertThat(wire.written).hasSize(WINDOW);
        wire.take();
        assertThat(wire.written).hasSize(WINDOW + 10).startsWith("f0", "f1").endsWith("f73");
    }

    @Test
    void whatComesBeforeTheThreadOfTheSocketLeavesTogether() {
        wire.holdUp();
        for (int i = 0; i < 5; i++) {
            offer("f" + i, 10);
        }
        queue.close("bye", CloseCode.RESTARTING);
        assertThat(wire.written).isEmpty();
        assertThat(wire.summons).isOne();
        wire.goOn();
        assertThat(wire.written).containsExactly("f0", "f1", "f2", "f3", "f4", "bye");
        assertThat(wire.flushes).isOne();
        assertThat(wire.closed).isEmpty();
        wire.take();
        assertThat(wire.closed).containsExactly(CloseCode.RESTARTING);
    }

    @Test
    void aFrameTooManyFindsNoPlace() {
        for (int i = 0; i < WINDOW + 10; i++) {
            offer("f", 10);
        }
        assertThat(offer("f", 10)).isFalse();
    }

    @Test
    void aByteTooManyFindsNoPlace() {
        offer("fills the window", 64 * 1024);
        assertThat(offer("f", 1_000_000)).isTrue();
        assertThat(offer("f", 1)).isFalse();
    }

    @Test
    void whoIsDroppedIsToldInsteadOfWhatWaited() {
        for (int i = 0; i < WINDOW + 5; i++) {
            offer("f" + i, 10);
        }
        queue.drop("why", CloseCode.SLOW_CONSUMER);
        assertThat(wire.closed).isEmpty();
        wire.take();
        assertThat(wire.written).hasSize(WINDOW + 1).endsWith("why");
        assertThat(wire.closed).containsExactly(CloseCode.SLOW_CONSUMER);
    }

    @Test
    void theFirstReasonToCloseStandsAndNothingFollowsIt() {
        queue.close("bye", CloseCode.RESTARTING);
        queue.close("again", CloseCode.INTERNAL);
        assertThat(offer("late", 4)).isTrue();
        wire.take();
        assertThat(wire.written).containsExactly("bye");
        assertThat(wire.closed).containsExactly(CloseCode.RESTARTING);
    }

    @Test
    void whoTakesNothingIsStalledUntilItDoes() {
        assertThat(queue.isStalled(Duration.ZERO)).isFalse();
        offer("f", 1);
        assertThat(queue.isStalled(Duration.ZERO)).isTrue();
        assertThat(queue.isStalled(Duration.ofMinutes(1))).isFalse();
        wire.take();
        assertThat(queue.isStalled(Duration.ZERO)).isFalse();
        offer("f", 1);
        queue.abort(CloseCode.SLOW_CONSUMER);
        assertThat(wire.severed).isTrue();
        assertThat(queue.isStalled(Duration.ZERO)).isFalse();
    }

    @Test
    void roomIsAwaitedNoLongerThanTheConnectionLives() {
        assertThat(queue.awaitRoom(Duration.ZERO)).isTrue();
        for (int i = 0; i < WINDOW + 5; i++) {
            offer("f", 10);
        }
        assertThat(queue.awaitRoom(Duration.ofMillis(1))).isFalse();
        wire.take();
        assertThat(queue.awaitRoom(Duration.ZERO)).isTrue();
        queue.gone();
        assertThat(queue.awaitRoom(Duration.ofMinutes(1))).isFalse();
    }

    /** A frame of that length. */
    private boolean offer(String text, int bytes) {
        return queue.offer(Frame.of(text + " ".repeat(bytes - text.length())));
    }
}

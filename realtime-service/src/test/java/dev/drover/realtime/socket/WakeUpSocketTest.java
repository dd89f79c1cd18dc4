package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.TestIdentity;

/** By which kind of pub/sub an instance is woken up: the sharded one where the server has it, which in a cluster reaches one node only. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class WakeUpSocketTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern READS = Pattern.compile("cmdstat_pttl:calls=(\\d+)");

    @Inject
    ChannelLog log;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final RedisNodes nodes = RedisNodes.ofTheService();
    private final boolean sharded =
            nodes.ask("INFO", "server").getFirst().matches("(?s).*redis_version:([7-9]|\\d\\d)\\..*");

    @Test
    void anInstanceListensOncePerChannelAndStopsWithTheLastSocket() {
        ChannelName channel = new ChannelName("public:" + UUID.randomUUID());
        TestIdentity.Login alice = TestIdentity.logIn();
        try (LiveSocket one = LiveSocket.of(port, alice);
                LiveSocket two = LiveSocket.of(port, alice)) {
            one.subscribe(channel.value());
            two.subscribe(channel.value());
            Eventually.within(SOON)
                    .untilAsserted(() -> assertThat(listeners(channel)).isEqualTo(1));
        }
        Eventually.within(SOON)
                .untilAsserted(() -> assertThat(listeners(channel)).isZero());
    }

    /** Counted by Redis: only the script that reads a channel asks for the life of a key. */
    @Test
    void aMessageThatComesWithItsWakeUpIsReadByNobody() {
        ChannelName channel = new ChannelName("public:" + UUID.randomUUID());
        TestIdentity.Login alice = TestIdentity.logIn();
        try (LiveSocket one = LiveSocket.of(port, alice);
                LiveSocket two = LiveSocket.of(port, alice)) {
            one.subscribe(channel.value());
            two.subscribe(channel.value());
            Eventually.within(SOON)
                    .untilAsserted(() -> assertThat(listeners(channel)).isEqualTo(1));
            // When the second has come, what was read as listening began has been read.
            deliver(channel, 1, "1", one, two);
            deliver(channel, 2, "2", one, two);

            long before = reads();
            for (int i = 3; i <= 12; i++) {
                deliver(channel, i, "{\"text\":\"hej \u00e5 \ud83d\ude00\"}", one, two);
            }
            assertThat(reads()).isEqualTo(before);

            deliver(channel, 13, "\"" + "x".repeat(5_000) + "\"", one, two);
            assertThat(reads()).as("one too large to be carried").isEqualTo(before + 1);
            one.hasNothingElse();
            two.hasNothingElse();
        }
    }

    private void deliver(ChannelName channel, int number, String data, LiveSocket... followers) {
        log.append(channel, "m" + number, data, "system", Duration.ofMinutes(2));
        for (LiveSocket follower : followers) {
            JsonObject message = follower.next("message");
            assertThat(message.getLong("offset")).isEqualTo(number);
            assertThat(message.getString("id")).isEqualTo("m" + number);
            assertThat(message.getString("from")).isEqualTo("system");
            assertThat(Json.encode(message.getValue("data"))).isEqualTo(data);
        }
    }

    private long reads() {
        return nodes.ask("INFO", "commandstats").stream()
                .map(READS::matcher)
                .filter(Matcher::find)
                .mapToLong(calls -> Long.parseLong(calls.group(1)))
                .sum();
    }

    private int listeners(ChannelName channel) {
        String wake = ChannelKeys.wakeUp(channel);
        int plain = count("NUMSUB", wake);
        if (!sharded) {
            return plain;
        }
        assertThat(plain).isZero();
        return count("SHARDNUMSUB", wake);
    }

    private int count(String what, String wake) {
        return nodes.ask("PUBSUB", what, wake).stream()
                .mapToInt(answer -> Integer.parseInt(answer.split("\n")[1].strip()))
                .sum();
    }
}

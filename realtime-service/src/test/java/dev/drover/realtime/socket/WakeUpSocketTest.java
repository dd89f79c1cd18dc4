package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelKeys;
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

package dev.drover.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void anInstanceThatWasKilledIsReplacedAtOnceHoweverOftenThatHappens() {
        for (int kill = 0; kill < 10; kill++) {
            assertThat(policy.afterExit(true, LONG).delay()).isZero();
        }
    }

    @Test
    void delaysGrowUpToABound() {
        List<Duration> delays = IntStream.range(0, 40)
                .mapToObj(exit -> policy.afterExit(false, SHORT).delay())
                .toList();

        assertThat(delays)
                .startsWith(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2))
                .isSorted()
                .endsWith(Duration.ofSeconds(15));
    }

    @Test
    void oneThatNeverGetsReadyIsCalledALoopAtItsThirdEnd() {
        assertThat(policy.afterExit(false, SHORT).crashLooping()).isFalse();
        assertThat(policy.afterExit(false, SHORT).crashLooping()).isFalse();
        assertThat(policy.afterExit(false, SHORT).crashLooping()).isTrue();
        assertThat(policy.afterExit(true, SHORT).crashLooping()).isFalse();
    }

    @Test
    void anInstanceThatStayedForgivesTheOnesBefore() {
        IntStream.range(0, 5).forEach(exit -> policy.afterExit(false, SHORT));

        assertThat(policy.afterExit(true, LONG).delay()).isZero();
    }
}

package dev.drover.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ReadyingTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void anInstanceIsNotReadyBeforeItHasWarmedUp() {
        Readying readying = new Readying(List.of(runs::incrementAndGet), within(Duration.ofMinutes(1)));

        assertThat(readying.call().getStatus()).isEqualTo(Status.DOWN);
        readying.begin(null);
        assertThat(readying.call().getStatus()).isEqualTo(Status.UP);
        assertThat(runs).hasValue(1);
    }

    @Test
    void whatFailsIsLeftOut() {
        WarmUp failing = () -> {
            throw new IllegalStateException("the store is away");
        };
        Readying readying = new Readying(List.of(failing, runs::incrementAndGet), within(Duration.ofMinutes(1)));

        readying.begin(null);
        assertThat(readying.call().getStatus()).isEqualTo(Status.UP);
        assertThat(runs).hasValue(1);
    }

    @Test
    void whatDoesNotEndIsNotWaitedForBeyondTheBound() {
        CountDownLatch never = new CountDownLatch(1);
        Readying readying = new Readying(List.of(never::await), within(Duration.ofMillis(50)));

        readying.begin(null);
        assertThat(readying.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void withoutABoundNothingIsWarmedUpAndNothingIsWaitedFor() {
        Readying readying = new Readying(List.of(runs::incrementAndGet), within(Duration.ZERO));

        assertThat(readying.call().getStatus()).isEqualTo(Status.UP);
        readying.begin(null);
        assertThat(runs).hasValue(0);
    }

    private static WarmUpConfig within(Duration within) {
        return new WarmUpConfig() {
            @Override
            public Duration within() {
                return within;
            }

            @Override
            public int rounds() {
                return 1;
            }

            @Override
            public int connections() {
                return 1;
            }
        };
    }
}

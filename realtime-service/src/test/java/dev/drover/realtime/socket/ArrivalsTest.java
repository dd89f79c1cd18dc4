package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.testing.Eventually;

class ArrivalsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aPlaceTooManyIsNotGivenAndOneGivenBackTwiceIsOne() {
        Arrivals arrivals = arrivals(2, "PT5S");
        Arrivals.Place first = arrivals.tryTake().orElseThrow();
        arrivals.tryTake().orElseThrow();
        assertThat(arrivals.tryTake()).isEmpty();
        first.giveBack();
        first.giveBack();
        assertThat(arrivals.underWay()).isEqualTo(1);
        assertThat(arrivals.tryTake()).isPresent();
        assertThat(arrivals.tryTake()).isEmpty();
    }

    @Test
    void whoWaitsForATurnHasItBeforeAnUpgradeThatComesLater() throws Exception {
        Arrivals arrivals = arrivals(1, "PT60S");
        Arrivals.Place held = arrivals.tryTake().orElseThrow();
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Void> began = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> arrivals.inTurn(() -> {
                began.complete(null);
                await(mayEnd);
            }));
            Eventually.within(SOON).until(arrivals::isAwaited);
            assertThat(began).isNotDone();
            held.giveBack();
            began.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(arrivals.tryTake()).isEmpty();
            mayEnd.countDown();
        }
        assertThat(arrivals.underWay()).isZero();
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsToldToComeAgain() {
        Arrivals arrivals = arrivals(1, "PT0.1S");
        arrivals.tryTake().orElseThrow();
        assertThatThrownBy(() -> arrivals.inTurn(() -> {})).isInstanceOfSatisfying(ServiceException.class, refused -> {
            assertThat(refused.error()).isEqualTo(PlatformError.OVERLOADED);
            assertThat(refused.retryAfter()).isPresent();
        });
        assertThat(arrivals.underWay()).isEqualTo(1);
    }

    @Test
    void workThatFailsLeavesItsPlace() {
        Arrivals arrivals = arrivals(1, "PT5S");
        assertThatThrownBy(() -> arrivals.inTurn(() -> {
                    throw new IllegalStateException("the work");
                }))
                .hasMessage("the work");
        assertThat(arrivals.underWay()).isZero();
    }

    @Test
    void refusalsAreCountedByTheirCodeAndDoNotAllComeAgainAtOnce() {
        Arrivals arrivals = arrivals(1, "PT5S");
        for (int i = 0; i < 200; i++) {
            assertThat(arrivals.refusal(RealtimeError.TOO_MANY_HANDSHAKES, "").retryAfter())
                    .hasValueSatisfying(
                            after -> assertThat(after).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        }
        assertThat(meters.counter("drover.realtime.handshakes_refused", "code", "too_many_handshakes")
                        .count())
                .isEqualTo(200);
    }

    private Arrivals arrivals(int max, String patience) {
        RealtimeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(RealtimeConfig.class)
                .withDefaultValue("drover.realtime.socket.handshakes-max", Integer.toString(max))
                .withDefaultValue("drover.realtime.socket.authentication-timeout", patience)
                .build()
                .getConfigMapping(RealtimeConfig.class);
        return new Arrivals(config, meters);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

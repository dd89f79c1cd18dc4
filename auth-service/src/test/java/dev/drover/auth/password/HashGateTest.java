package dev.drover.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.testing.Eventually;

class HashGateTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void letEverybodyGo() {
        open.countDown();
        callers.close();
    }

    @Test
    void noMoreThanTheLimitRunAtOnce() throws Exception {
        try (HashGate gate = new HashGate(2, 100, SOON, SOON)) {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<Future<Integer>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> callers.submit(() -> gate.pass(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        return running.decrementAndGet();
                    })))
                    .toList();
            for (Future<Integer> call : calls) {
                call.get();
            }
            assertThat(most.get()).isBetween(1, 2);
        }
    }

    @Test
    void whoFindsTheWaitingRoomFullIsSentAwayAtOnce() {
        try (HashGate gate = new HashGate(1, 1, SOON, Duration.ofSeconds(7))) {
            callers.submit(() -> gate.pass(this::untilOpen));
            Eventually.within(SOON).until(() -> gate.active() == 1);
            callers.submit(() -> gate.pass(this::untilOpen));
            Eventually.within(SOON).until(() -> gate.waiting() == 1);

            assertThatThrownBy(() -> gate.pass(() -> 0)).isInstanceOfSatisfying(ServiceException.class, refusal -> {
                assertThat(refusal.error()).isEqualTo(PlatformError.OVERLOADED);
                assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
            });
        }
    }

    @Test
    void whoWaitedTooLongIsSentAwayAndTakesTheirPlaceWithThem() {
        try (HashGate gate = new HashGate(1, 10, Duration.ofMillis(50), SOON)) {
            callers.submit(() -> gate.pass(this::untilOpen));
            Eventually.within(SOON).until(() -> gate.active() == 1);
            AtomicInteger computed = new AtomicInteger();

            assertThatThrownBy(() -> gate.pass(computed::incrementAndGet)).isInstanceOf(ServiceException.class);

            assertThat(gate.waiting()).isZero();
            open.countDown();
            Eventually.within(SOON).until(() -> gate.active() == 0);
            assertThat(computed).hasValue(0);
        }
    }

    @Test
    void aFailureInsideIsAFaultOfOurs() {
        try (HashGate gate = new HashGate(1, 1, SOON, SOON)) {
            assertThatThrownBy(() -> gate.pass(() -> {
                        throw new IllegalArgumentException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private int untilOpen() throws InterruptedException {
        open.await();
        return 0;
    }
}

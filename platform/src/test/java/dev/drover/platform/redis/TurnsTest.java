package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void soManyAtOnceAndTheOthersInTheOrderTheyCame() {
        Turns turns = new Turns(2, 10);
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertThat(turns.take(() -> begun.add(number))).isTrue();
        }
        assertThat(begun).containsExactly(0, 1);
        turns.end();
        assertThat(begun).containsExactly(0, 1, 2);
        turns.end();
        turns.end();
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whoFindsNoRoomToWaitIsTold() {
        Turns turns = new Turns(1, 1);
        AtomicInteger begun = new AtomicInteger();
        assertThat(turns.take(begun::incrementAndGet)).isTrue();
        assertThat(turns.take(begun::incrementAndGet)).isTrue();
        assertThat(turns.take(begun::incrementAndGet)).isFalse();
        turns.end();
        turns.end();
        assertThat(begun).hasValue(2);
        assertThat(turns.take(begun::incrementAndGet)).isTrue();
        assertThat(begun).hasValue(3);
    }

    @Test
    void underARushNobodyIsForgottenAndNeverAreThereMoreThanMayBe() throws Exception {
        int calls = 20_000;
        Turns turns = new Turns(4, calls);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(calls);
        try (ExecutorService callers = Executors.newFixedThreadPool(4);
                ExecutorService answers = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < calls; i++) {
                callers.execute(() -> turns.take(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    answers.execute(() -> {
                        now.decrementAndGet();
                        done.countDown();
                        turns.end();
                    });
                }));
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most.get()).isLessThanOrEqualTo(4);
    }
}

package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.Lease;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

class JobThreadsTest {

    private static final int TOTAL = 1_000;
    private static final WorkerPolicy POLICY =
            new WorkerPolicy("worker-a", TOTAL, Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Set<RunningJob> ran = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all = new CountDownLatch(TOTAL);

    @Test
    void jobsThatEndAtOnceShareAFewThreadsAndEachRunsOnce() throws InterruptedException {
        List<RunningJob> twice = new ArrayList<>();
        new JobThreads(job -> {
                    threads.add(Thread.currentThread());
                    if (!ran.add(job)) {
                        twice.add(job);
                    }
                    all.countDown();
                })
                .run(jobs());
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(twice).isEmpty();
        assertThat(threads).hasSizeLessThan(TOTAL / 2);
    }

    @Test
    void noJobWaitsForAnotherThatWaits() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(1);
        new JobThreads(job -> {
                    all.countDown();
                    try {
                        all.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    ran.add(job);
                    if (ran.size() == TOTAL) {
                        together.countDown();
                    }
                })
                .run(jobs());
        assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<RunningJob> jobs() {
        return LongStream.rangeClosed(1, TOTAL)
                .mapToObj(token -> new RunningJob(lease(token), null, POLICY, System.nanoTime()))
                .toList();
    }

    private static Lease lease(long token) {
        return new Lease(
                new Hold(new JobId(new QueueName("given"), Ids.derive("job", Long.toString(token))), token),
                "test.work",
                "system",
                "{}",
                1,
                Instant.EPOCH,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
    }
}

package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.testing.Aside;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueWorkerTest extends WorkingQueue {

    @Test
    void anIdleWorkerIsWokenByAJobAndRunsIt() {
        worker(LONG_LEASE, 4, execution -> new JobOutcome.Succeeded("{\"sum\":" + execution.payload() + "}"));
        JobId first = queues.add(name);
        eventually(first, JobState.SUCCEEDED);
        JobId second = queues.add(name);
        Job job = eventually(second, JobState.SUCCEEDED);
        assertThat(job.result()).contains("{\"sum\":{\"n\":1}}");
        assertThat(job.progress()).isEqualTo(100);
        assertThat(job.runs()).singleElement().extracting(Job.Run::worker).isEqualTo("worker-a");
    }

    @Test
    void aRunIsMeasuredByItsQueueAndHowItEnded() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Failed("no"));
        eventually(queues.add(name), JobState.FAILED);

        Eventually.within(SOON)
                .until(() ->
                        meters
                                        .find("drover.jobs.runs")
                                        .tags("queue", name.toString(), "outcome", "failed")
                                        .timers()
                                        .stream()
                                        .mapToLong(Timer::count)
                                        .sum()
                                == 1);
        // A run is measured, and then its hand is free.
        Eventually.within(SOON)
                .until(() -> meters.get("drover.jobs.running")
                                .tag("queue", name.toString())
                                .gauge()
                                .value()
                        == 0);
    }

    @Test
    void anIdleWorkerRunsADelayedJobWhenItIsDue() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Succeeded("null"));
        JobId id = queues.add(name, "test.work", Duration.ofMillis(300), 1);
        eventually(id, JobState.SUCCEEDED);
    }

    @Test
    void noMoreJobsRunAtOnceThanThereAreHands() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch threeRun = new CountDownLatch(3);
        worker(LONG_LEASE, 3, execution -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            threeRun.countDown();
            threeRun.await();
            atOnce.decrementAndGet();
            return new JobOutcome.Succeeded("null");
        });
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(queues.add(name));
        }
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
        assertThat(most).hasValue(3);
    }

    @Test
    void allHandsWorkAtOnceAlsoWhereTheyAreLeasedForInParts() {
        int hands = 100;
        CountDownLatch allRun = new CountDownLatch(hands);
        worker(LONG_LEASE, hands, execution -> {
            allRun.countDown();
            allRun.await();
            return new JobOutcome.Succeeded("null");
        });
        List<JobId> ids =
                IntStream.range(0, 2 * hands).mapToObj(i -> queues.add(name)).toList();
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
    }

    @Test
    void onBusyProcessorsItGoesOnWithItsShareOfTheHandsAndNoMore() {
        Phaser together = new Phaser(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong looks = new AtomicLong();
        WorkerPolicy policy = new WorkerPolicy(
                "worker-a",
                6,
                LONG_LEASE,
                Duration.ofMinutes(10),
                new Processors(
                        () -> 1.0,
                        () -> Duration.ofSeconds(looks.incrementAndGet()).toNanos(),
                        50,
                        50));
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(queues.add(name));
        }
        worker(policy, store, execution -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            // With less than its share it would stop here.
            together.awaitAdvanceInterruptibly(together.arrive());
            long seen = looks.get();
            // A worker that took another would have leased it before it looked for the third time.
            Eventually.within(SOON).until(() -> looks.get() >= seen + 3);
            together.awaitAdvanceInterruptibly(together.arrive());
            now.decrementAndGet();
            return new JobOutcome.Succeeded("null");
        });
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
        assertThat(most).hasValue(3);
    }

    @Test
    void whatAHandlerThrowsSpendsAnAttemptWithItsText() {
        worker(LONG_LEASE, 1, execution -> {
            throw new IllegalArgumentException("no such picture");
        });
        JobId id = queues.add(name, "test.work", Duration.ZERO, 1);
        assertThat(eventually(id, JobState.DEAD).fault())
                .contains(new Job.Fault("attempts_spent", "IllegalArgumentException: no such picture"));
    }

    @Test
    void aHandlerMayEndAJobForGood() {
        AtomicReference<JobOutcome> answer = new AtomicReference<>(new JobOutcome.Failed("not an image"));
        worker(LONG_LEASE, 2, execution -> answer.get());
        assertThat(eventually(queues.add(name), JobState.FAILED).fault())
                .contains(new Job.Fault("refused", "not an image"));
        answer.set(new JobOutcome.Dead("unreachable"));
        assertThat(eventually(queues.add(name), JobState.DEAD).fault())
                .contains(new Job.Fault("given_up", "unreachable"));
    }

    @Test
    void aTypeWithoutHandlerSaysSo() {
        worker(LONG_LEASE, 1, execution -> new JobOutcome.Succeeded("null"));
        JobId id = queues.add(name, "test.unheard-of", Duration.ZERO, 1);
        assertThat(eventually(id, JobState.DEAD).fault().orElseThrow().detail())
                .isEqualTo("this worker has no handler for test.unheard-of");
    }

    @Test
    void manyJobsThatEndAtOnceAreCompletedInFewCalls() {
        int total = 300;
        AtomicInteger calls = new AtomicInteger();
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            ids.add(queues.add(name));
        }
        CountDownLatch all = new CountDownLatch(total);
        worker(
                new WorkerPolicy("worker-a", total, LONG_LEASE, Duration.ofMinutes(10)),
                through(word -> {
                    if (word.startsWith("complete")) {
                        calls.incrementAndGet();
                    }
                }),
                execution -> {
                    all.countDown();
                    all.await();
                    return new JobOutcome.Succeeded("null");
                });
        ids.forEach(id -> eventually(id, JobState.SUCCEEDED));
        assertThat(calls.get()).isLessThan(total / 2);
    }

    @Test
    void whatIsDoneIsSaidUntilItIsHeardAndNotHandedBackByAWorkerThatIsStopped() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch saying = new CountDownLatch(1);
        CountDownLatch maySay = new CountDownLatch(1);
        AtomicInteger handedBack = new AtomicInteger();
        QueueWorker worker = worker(
                new WorkerPolicy("worker-a", 1, LONG_LEASE, Duration.ofMinutes(10)),
                through(word -> {
                    if (word.startsWith("complete")) {
                        saying.countDown();
                        maySay.await();
                        if (calls.incrementAndGet() == 1) {
                            throw new StoreUnavailableException("Redis", null);
                        }
                    }
                    handedBack.addAndGet(word.equals("handBack") ? 1 : 0);
                }),
                execution -> new JobOutcome.Succeeded("null"));
        JobId id = queues.add(name);
        assertThat(saying.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> stopped = Aside.run(() -> {
            worker.stop();
            return true;
        });
        maySay.countDown();
        assertThat(stopped.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        eventually(id, JobState.SUCCEEDED);
        assertThat(calls).hasValue(2);
        assertThat(handedBack).hasValue(0);
    }

    private interface Told {
        void of(String word) throws Exception;
    }

    /** The store, behind somebody who is told of each call before it is made. */
    private LeaseStore through(Told told) {
        return (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (proxy, method, args) -> {
                    told.of(method.getName());
                    return method.invoke(store, args);
                });
    }
}

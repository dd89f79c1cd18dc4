package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.testing.RedisFixture;

/** Of several jobs with one key one is enough (J-14). */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class UniqueKeyTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void aThrottledJobStandsForThoseThatFollowUntilItHasEnded() {
        UniqueKey key = new UniqueKey("rebuild", UniqueKey.Mode.THROTTLE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ZERO));
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", Duration.ZERO)))
                .isEqualTo(new EnqueueResult.Duplicate(first));
        Lease lease = take(5).getFirst();
        assertThat(queue.enqueue(unique(key, "{\"n\":3}", Duration.ZERO)))
                .isEqualTo(new EnqueueResult.Duplicate(first));
        leases.complete(lease.hold(), Optional.empty());
        assertThat(queue.enqueue(unique(key, "{\"n\":4}", Duration.ZERO))).isInstanceOf(EnqueueResult.Enqueued.class);
        assertThat(take(5)).extracting(Lease::payload).containsExactly("{\"n\":4}");
    }

    @Test
    void aThrottleWithALengthHoldsBeyondTheEndOfTheJob() {
        UniqueKey key = new UniqueKey("rebuild", UniqueKey.Mode.THROTTLE, Optional.of(HOUR));
        JobId first = added(unique(key, "{}", Duration.ZERO));
        leases.complete(take(1).getFirst().hold(), Optional.empty());
        assertThat(queue.enqueue(unique(key, "{}", Duration.ZERO))).isEqualTo(new EnqueueResult.Duplicate(first));
    }

    @Test
    void aDebouncedJobHasTheLastContentAndItsDelayBeginsAnew() {
        UniqueKey key = new UniqueKey("index", UniqueKey.Mode.DEBOUNCE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ofMinutes(1)));
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", HOUR))).isEqualTo(new EnqueueResult.Replaced(first));
        Job job = jobs.find(first).orElseThrow();
        assertThat(job.payload()).isEqualTo("{\"n\":2}");
        assertThat(Duration.between(job.createdAt(), job.readyAt())).isGreaterThanOrEqualTo(HOUR);
        queues.letBecomeDue(first);
        assertThat(take(5)).hasSize(1);
        assertThat(queue.enqueue(unique(key, "{\"n\":3}", HOUR)))
                .as("it has begun")
                .isInstanceOf(EnqueueResult.Enqueued.class);
    }

    @Test
    void aReplacedJobKeepsItsPlace() {
        UniqueKey key = new UniqueKey("sync", UniqueKey.Mode.REPLACE, Optional.empty());
        JobId first = added(unique(key, "{\"n\":1}", Duration.ZERO));
        JobId behind = queues.add(name);
        assertThat(queue.enqueue(unique(key, "{\"n\":2}", Duration.ZERO))).isEqualTo(new EnqueueResult.Replaced(first));
        List<Lease> taken = take(5);
        assertThat(taken.stream().map(lease -> lease.hold().id())).containsExactly(first, behind);
        assertThat(taken.getFirst().payload()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aKeyIsTheOwnersOwn() {
        UniqueKey key = new UniqueKey("same", UniqueKey.Mode.THROTTLE, Optional.empty());
        added(unique(key, "{}", Duration.ZERO));
        NewJob others = NewJob.now(Queues.id(name), "test.work", "usr_zzzzzzzzzzzzzzzzzzzzzzzzzz", "{}")
                .with(JobOptions.NONE.with(key));
        assertThat(queue.enqueue(others)).isInstanceOf(EnqueueResult.Enqueued.class);
    }

    private JobId added(NewJob job) {
        assertThat(queue.enqueue(job))
                .asInstanceOf(type(EnqueueResult.Enqueued.class))
                .extracting(EnqueueResult.Enqueued::id)
                .isEqualTo(job.id());
        return job.id();
    }

    private NewJob unique(UniqueKey key, String payload, Duration delay) {
        return new NewJob(Queues.id(name), "test.work", Queues.OWNER, payload, delay, 5)
                .with(JobOptions.NONE.with(key));
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, HOUR, "worker-1")).leases();
    }
}

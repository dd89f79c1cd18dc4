package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.LeaseStore.HoldResult;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;

/** However a lease ends, its holder has nothing more to say, and what is spent is what should be. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class LeaseEndsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void anExpiredLeaseReturnsTheJobOnceAndSpendsNoAttempt() {
        JobId id = queues.add(name);
        Hold dead = take(1).getFirst().hold();
        assertThat(recovery.recover(name)).as("before the lease has ended").isZero();
        queues.letLeaseExpire(id);
        assertThat(recovery.recover(name)).isOne();
        assertThat(recovery.recover(name)).isZero();
        Lease next = take(1).getFirst();
        assertThat(next.attempt()).isEqualTo(1);
        assertThat(next.hold().fencingToken()).isGreaterThan(dead.fencingToken());
        assertThat(jobs.find(id).orElseThrow().crashes()).isOne();
    }

    @Test
    void theWordOfAStaleHolderIsRefusedWithoutEffect() {
        JobId id = queues.add(name);
        Hold stale = take(1).getFirst().hold();
        queues.letLeaseExpire(id);
        assertAllRefused(stale);
        recovery.recover(name);
        assertAllRefused(stale);
        Hold live = take(1).getFirst().hold();
        Job before = jobs.find(id).orElseThrow();
        assertAllRefused(stale);
        assertThat(jobs.find(id).orElseThrow()).isEqualTo(before);
        assertThat(leases.complete(live, Optional.of("\"live\""))).isInstanceOf(SettleResult.Settled.class);
        assertAllRefused(stale);
        assertThat(jobs.find(id).orElseThrow().result()).contains("\"live\"");
    }

    private void assertAllRefused(Hold stale) {
        assertThat(leases.extend(stale, MINUTE)).isEqualTo(new HoldResult.Lost());
        assertThat(leases.report(stale, OptionalInt.of(1), Optional.of("1"))).isEqualTo(new HoldResult.Lost());
        assertThat(leases.complete(stale, Optional.of("\"stale\""))).isEqualTo(new SettleResult.Lost());
        assertThat(leases.fail(stale, Verdict.RETRY, "stale")).isEqualTo(new SettleResult.Lost());
        assertThat(leases.handBack(stale)).isEqualTo(new SettleResult.Lost());
    }

    @Test
    void failuresAreSpreadOverGrowingPausesUntilTheAttemptsAreSpent() {
        JobId id = queues.add(name, "test.work", Duration.ZERO, 3);
        for (int attempt = 1; attempt <= 2; attempt++) {
            Lease lease = take(1).getFirst();
            assertThat(lease.attempt()).isEqualTo(attempt);
            leases.fail(lease.hold(), Verdict.RETRY, "try " + attempt);
            Job job = jobs.find(id).orElseThrow();
            assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
            assertThat(job.fault()).contains(new Job.Fault("attempt_failed", "try " + attempt));
            Duration full = Duration.ofSeconds(1L << attempt - 1);
            assertThat(Duration.between(job.runs().getLast().endedAt(), job.readyAt()))
                    .isBetween(full.dividedBy(2), full);
            queues.letBecomeDue(id);
        }
        leases.fail(take(1).getFirst().hold(), Verdict.RETRY, "try 3");
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.DEAD);
        assertThat(job.fault()).contains(new Job.Fault("attempts_spent", "try 3"));
        assertThat(job.attempt()).isEqualTo(3);
        assertThat(queues.outbox(name)).contains("job.dead").contains("user:" + Queues.OWNER + ":events");
    }

    @Test
    void theTenthLostWorkerMakesAJobDead() {
        JobId id = queues.add(name);
        for (int crash = 1; crash <= RecoveryProbe.CRASH_BUDGET; crash++) {
            assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.WAITING);
            take(1);
            queues.letLeaseExpire(id);
            recovery.recover(name);
        }
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.DEAD);
        assertThat(job.spent()).isZero();
        assertThat(job.fault().orElseThrow().reason()).isEqualTo("crashed_workers");
        assertThat(job.fault().orElseThrow().detail()).contains("10 workers").contains("worker-1");
        assertThat(queues.outboxLength(name)).isOne();
    }

    @Test
    void cancellingAnActiveJobEndsItsLease() {
        JobId id = queues.add(name);
        Hold hold = take(1).getFirst().hold();
        assertThat(jobs.cancel(id)).isEqualTo(new JobStore.CancelResult.Cancelled());
        assertThat(jobs.cancel(id)).isEqualTo(new JobStore.CancelResult.AlreadyEnded(JobState.CANCELLED));
        assertAllRefused(hold);
        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(queues.outboxLength(name)).isOne();
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, MINUTE, "worker-1")).leases();
    }
}

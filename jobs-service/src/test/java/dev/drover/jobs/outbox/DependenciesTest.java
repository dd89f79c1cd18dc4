package dev.drover.jobs.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.Verdict;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.Dependencies.OnFailure;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** J-11: who waits for others is told of each end, of whatever queue, once and for certain. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DependenciesTest {

    @Inject
    QueueOutboxes outboxes;

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    JobLinks links;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    private final QueueName first = Queues.fresh();
    private final QueueName second = Queues.fresh();

    @Test
    void aJobWaitsForThoseOfOtherQueuesAndRunsAfterTheLast() {
        List<JobId> parents = List.of(queues.add(first), queues.add(first), queues.add(second));
        JobId child = after(parents, OnFailure.CANCELLED);
        assertThat(jobs.find(child).map(Job::state)).contains(JobState.SCHEDULED);

        take(first, 2).forEach(this::complete);
        outboxes.runOnce();
        Job waiting = jobs.find(child).orElseThrow();
        assertThat(waiting.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(waiting.terms().waitsFor()).containsExactly(parents.get(2).toString());
        assertThat(waiting.terms().dependsOn()).hasSize(3);

        complete(take(second, 1).getFirst());
        outboxes.runOnce();
        assertThat(jobs.find(child).map(Job::state)).contains(JobState.WAITING);
        assertThat(take(second, 5).stream().map(lease -> lease.hold().id())).containsExactly(child);
    }

    @Test
    void manyWaitForOne() {
        JobId parent = queues.add(first);
        List<JobId> children = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            children.add(after(List.of(parent), OnFailure.CANCELLED));
        }
        assertThat(take(second, 5)).isEmpty();
        complete(take(first, 1).getFirst());
        outboxes.runOnce();
        assertThat(take(second, 300).stream().map(lease -> lease.hold().id())).containsExactlyElementsOf(children);
        assertThat(redis.send(Command.EXISTS, new JobKeys(first).dependents()).toInteger())
                .isZero();
    }

    @Test
    void aJobAddedAfterTheEndOfWhatItWaitsForRunsAtOnce() {
        JobId parent = queues.add(first);
        complete(take(first, 1).getFirst());
        JobId child = after(List.of(parent), OnFailure.CANCELLED);
        assertThat(jobs.find(child).map(Job::state)).contains(JobState.WAITING);
    }

    @ParameterizedTest
    @EnumSource
    void whatBecomesOfItWhenOneFailsIsItsOwnWord(OnFailure word) {
        List<JobId> parents = List.of(queues.add(first), queues.add(first));
        JobId child = after(parents, word);
        JobId grandchild = after(List.of(child), OnFailure.CANCELLED);
        List<Lease> taken = take(first, 2);
        leases.fail(taken.get(0).hold(), Verdict.DEAD, "no");
        outboxes.runOnce();
        JobState expected =
                switch (word) {
                    case CANCELLED -> JobState.CANCELLED;
                    case DEAD -> JobState.DEAD;
                    case RUN -> JobState.SCHEDULED;
                };
        Job job = jobs.find(child).orElseThrow();
        assertThat(job.state()).isEqualTo(expected);
        complete(taken.get(1));
        outboxes.runOnce();
        outboxes.runOnce();
        if (word == OnFailure.RUN) {
            assertThat(jobs.find(child).map(Job::state)).contains(JobState.WAITING);
            assertThat(jobs.find(grandchild).map(Job::state)).contains(JobState.SCHEDULED);
        } else {
            assertThat(job.fault().orElseThrow().reason()).isEqualTo("dependency_failed");
            assertThat(job.fault().orElseThrow().detail())
                    .contains(parents.get(0).toString());
            assertThat(jobs.find(grandchild).map(Job::state)).contains(JobState.CANCELLED);
        }
    }

    @Test
    void aDelayCountsAlsoAfterTheLastHasEnded() {
        JobId parent = queues.add(first);
        NewJob job = new NewJob(Queues.id(second), "test.work", Queues.OWNER, "{}", Duration.ofHours(1), 5)
                .with(JobOptions.NONE.after(new Dependencies(List.of(parent), OnFailure.CANCELLED)));
        queue.enqueue(job);
        complete(take(first, 1).getFirst());
        outboxes.runOnce();
        assertThat(jobs.find(job.id()).map(Job::state)).contains(JobState.SCHEDULED);
        queues.letBecomeDue(job.id());
        assertThat(take(second, 1)).hasSize(1);
    }

    /** As if the instance that added it had died right after: nobody followed, but the entry is in the outbox. */
    @Test
    void aLinkThatWasNeverMadeIsMadeByTheSweep() {
        JobId parent = queues.add(first);
        JobId child = after(List.of(parent), OnFailure.CANCELLED);
        links.unlink(parent, List.of(child));
        outboxes.runOnce();
        complete(take(first, 1).getFirst());
        outboxes.runOnce();
        assertThat(jobs.find(child).map(Job::state)).contains(JobState.WAITING);
    }

    @Test
    void aParentThatWasForgottenCountsAsFailed() {
        JobId never = Queues.id(first);
        JobId child = after(List.of(never), OnFailure.CANCELLED);
        assertThat(jobs.find(child).map(Job::state)).contains(JobState.CANCELLED);
        assertThat(jobs.find(child).orElseThrow().fault().orElseThrow().detail())
                .contains("unknown");
    }

    @Test
    void tellingItAgainChangesNothing() {
        JobId parent = queues.add(first);
        JobId child = after(List.of(parent), OnFailure.CANCELLED);
        complete(take(first, 1).getFirst());
        outboxes.runOnce();
        Hold hold = take(second, 1).getFirst().hold();
        Job before = jobs.find(child).orElseThrow();
        assertThat(links.release(child, parent, "dead")).isTrue();
        assertThat(jobs.find(child)).contains(before);
        leases.complete(hold, Optional.empty());
        assertThat(links.release(child, parent, "succeeded")).isTrue();
        assertThat(links.release(Queues.id(second), parent, "succeeded")).isFalse();
    }

    private JobId after(List<JobId> parents, OnFailure word) {
        NewJob job = NewJob.now(Queues.id(second), "test.work", Queues.OWNER, "{}")
                .with(JobOptions.NONE.after(new Dependencies(parents, word)));
        queue.enqueue(job);
        return job.id();
    }

    private List<Lease> take(QueueName name, int max) {
        return leases.lease(name, new LeaseTerms(max, Duration.ofMinutes(5), "w"))
                .leases();
    }

    private void complete(Lease lease) {
        leases.complete(lease.hold(), Optional.empty());
    }
}

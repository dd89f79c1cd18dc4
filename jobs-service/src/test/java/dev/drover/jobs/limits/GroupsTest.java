package dev.drover.jobs.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.Verdict;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;

/** J-13: groups take turns, and no limit is passed, whatever way a job leaves its worker. Told by counts, not by a clock. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class GroupsTest {

    @Inject
    LeaseStore leases;

    @Inject
    LimitStore limits;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    @Inject
    RedisCalls redis;

    private final QueueName name = Queues.fresh();

    @Test
    void ninetyNineSmallGroupsAreServedInEachRoundBesideAGreedyOne() {
        int small = 99;
        int each = 3;
        List<NewJob> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            all.add(grouped("greedy"));
        }
        for (int n = 0; n < each; n++) {
            for (int group = 0; group < small; group++) {
                all.add(grouped("small-" + group));
            }
        }
        queue.enqueueAll(all);

        Map<String, List<Integer>> servedAt = new HashMap<>();
        int served = 0;
        while (served < (small + 1) * each) {
            for (Lease lease : take(7)) {
                servedAt.computeIfAbsent(groupOf(lease), group -> new ArrayList<>())
                        .add(served++);
            }
        }

        for (int group = 0; group < small; group++) {
            List<Integer> turns = servedAt.get("small-" + group);
            for (int n = 0; n < each; n++) {
                assertThat(turns.get(n))
                        .as("the %dth job of small-%d", n, group)
                        .isLessThan((n + 1) * (small + 1));
            }
        }
        assertThat(servedAt.get("greedy").size()).isLessThanOrEqualTo(each + 1);
    }

    @Test
    void jobsWithoutAGroupHaveOneTurnInTheRound() {
        List<NewJob> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(job(JobOptions.NONE));
        }
        for (int i = 0; i < 10; i++) {
            all.add(grouped("a"));
            all.add(grouped("b"));
        }
        queue.enqueueAll(all);
        List<String> first = take(9).stream().map(this::groupOf).toList();
        assertThat(first).filteredOn("a"::equals).hasSize(3);
        assertThat(first).filteredOn("b"::equals).hasSize(3);
        assertThat(first).filteredOn(""::equals).hasSize(3);
        assertThat(takeAll()).hasSize(70 - 9);
    }

    @Test
    void withinAGroupPriorityAndArrivalCount() {
        JobOptions group = JobOptions.NONE.inGroup("a");
        NewJob last = new NewJob(Queues.id(name), "test.work", Queues.OWNER, "{}", Duration.ZERO, 5, 9, group);
        NewJob first = new NewJob(Queues.id(name), "test.work", Queues.OWNER, "{}", Duration.ZERO, 5, 0, group);
        NewJob second = new NewJob(Queues.id(name), "test.work", Queues.OWNER, "{}", Duration.ZERO, 5, 0, group);
        queue.enqueueAll(List.of(last, first, second));
        assertThat(take(3).stream().map(lease -> lease.hold().id()))
                .containsExactly(first.id(), second.id(), last.id());
    }

    @Test
    void aGroupRunsNoMoreAtOnceThanItMayWhateverWayItsJobsEnd() {
        limits.set(name, new Limits(OptionalInt.empty(), Optional.empty(), OptionalInt.of(2), Optional.empty()));
        for (int i = 0; i < 8; i++) {
            queue.enqueue(grouped("a"));
        }
        List<Lease> two = take(5);
        assertThat(two).hasSize(2);
        assertThat(take(5)).as("at the limit").isEmpty();

        leases.complete(two.get(0).hold(), Optional.empty());
        Hold third = only(take(5));
        leases.fail(third, Verdict.DEAD, "no");
        Hold fourth = only(take(5));
        leases.handBack(fourth);
        Hold again = only(take(5));
        assertThat(again.id()).isEqualTo(fourth.id());
        jobs.cancel(again.id());
        Hold fifth = only(take(5));
        queues.letLeaseExpire(fifth.id());
        recovery.recover(name);
        Hold sixth = only(take(5));
        assertThat(sixth.id()).isEqualTo(fifth.id());
        assertThat(take(5)).isEmpty();
        assertThat(running("a")).isEqualTo("2");
    }

    @Test
    void oneGroupAtItsLimitDoesNotHoldUpTheOthers() {
        limits.set(name, new Limits(OptionalInt.empty(), Optional.empty(), OptionalInt.of(1), Optional.empty()));
        queue.enqueueAll(List.of(grouped("a"), grouped("a"), grouped("b"), job(JobOptions.NONE)));
        assertThat(take(10).stream().map(this::groupOf)).containsExactlyInAnyOrder("a", "b", "");
    }

    @Test
    void aGroupBeginsNoMoreThanItsRateAndTheWorkerIsToldWhenToLookAgain() {
        limits.set(
                name,
                new Limits(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of(new Limits.Rate(3, Duration.ofHours(3)))));
        for (int i = 0; i < 5; i++) {
            queue.enqueue(grouped("a"));
        }
        queue.enqueue(grouped("b"));
        assertThat(take(10).stream().map(this::groupOf)).containsExactlyInAnyOrder("a", "a", "a", "b");
        LeaseStore.Batch none = leases.lease(name, new LeaseTerms(10, Duration.ofMinutes(1), "w"));
        assertThat(none.leases()).isEmpty();
        assertThat(none.nextDue().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));

        // As if the hour were over: the group's bucket and its place in the parking are of an hour ago.
        redis.send(Command.ZINCRBY, new JobKeys(name).rates(), "-3600000", "a");
        redis.send(Command.ZINCRBY, new JobKeys(name).parked(), "-3600000", "a");
        assertThat(take(10)).hasSize(1);
    }

    @Test
    void aQueueRunsAndBeginsNoMoreThanItMay() {
        limits.set(name, new Limits(OptionalInt.of(2), Optional.empty(), OptionalInt.empty(), Optional.empty()));
        for (int i = 0; i < 10; i++) {
            queues.add(name);
        }
        List<Lease> two = take(10);
        assertThat(two).hasSize(2);
        assertThat(take(10)).isEmpty();
        leases.complete(two.getFirst().hold(), Optional.empty());
        assertThat(take(10)).hasSize(1);

        limits.set(
                name,
                new Limits(
                        OptionalInt.empty(),
                        Optional.of(new Limits.Rate(4, Duration.ofHours(4))),
                        OptionalInt.empty(),
                        Optional.empty()));
        assertThat(take(3)).hasSize(3);
        LeaseStore.Batch last = leases.lease(name, new LeaseTerms(10, Duration.ofMinutes(1), "w"));
        assertThat(last.leases()).hasSize(1);
        assertThat(last.nextDue().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(take(10)).isEmpty();
    }

    @Test
    void aGroupedJobThatIsCancelledWhileItWaitsIsNotHandedOut() {
        JobId gone = queue.enqueue(grouped("a")) instanceof JobQueue.EnqueueResult.Enqueued added ? added.id() : null;
        queue.enqueue(grouped("a"));
        jobs.cancel(gone);
        assertThat(take(10)).hasSize(1).noneMatch(lease -> lease.hold().id().equals(gone));
        assertThat(jobs.find(gone).map(Job::state)).contains(JobState.CANCELLED);
    }

    private static Hold only(List<Lease> leases) {
        assertThat(leases).hasSize(1);
        return leases.getFirst().hold();
    }

    private NewJob grouped(String group) {
        return job(JobOptions.NONE.inGroup(group));
    }

    private NewJob job(JobOptions options) {
        return NewJob.now(Queues.id(name), "test.work", Queues.OWNER, "{}").with(options);
    }

    private String groupOf(Lease lease) {
        return jobs.find(lease.hold().id()).orElseThrow().terms().group().orElse("");
    }

    private String running(String group) {
        return String.valueOf(redis.send(Command.HGET, new JobKeys(name).counters(), "running:" + group));
    }

    private List<Lease> takeAll() {
        List<Lease> all = new ArrayList<>();
        for (List<Lease> some = take(10); !some.isEmpty(); some = take(10)) {
            all.addAll(some);
        }
        return all;
    }

    private List<Lease> take(int max) {
        return leases.lease(name, new LeaseTerms(max, Duration.ofMinutes(5), "w"))
                .leases();
    }
}

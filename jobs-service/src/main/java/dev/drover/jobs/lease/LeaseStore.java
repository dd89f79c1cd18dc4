package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.QueueName;

/**
 * Leases of jobs. Each call is one atomic step, judged by the store's own clock. A word from someone whose lease has ended changes nothing
 * and is answered with {@code Lost}. A call that fails with {@link dev.drover.platform.redis.StoreUnavailableException} may have been
 * carried out; all but {@link #lease} may be repeated and answer the same again. A lease that was taken and never heard of comes back by
 * recovery.
 */
public interface LeaseStore {

    /** Takes the first of the waiting jobs, those that have become due included. No job is in two hands. */
    Batch lease(QueueName queue, LeaseTerms terms);

    /** A sign of life: the lease lasts at least {@code length} from now. */
    HoldResult extend(Hold hold, Duration length);

    /** The same for several, of one queue; the results are in the order of the holds. */
    List<HoldResult> extendAll(List<Hold> holds, Duration length);

    /** Says how far the job is, leaves a checkpoint, or both; the lease's end stays. */
    HoldResult report(Hold hold, OptionalInt percent, Optional<String> checkpoint);

    /** The job is done. {@code result} is a JSON value as text; the first one stays. */
    SettleResult complete(Hold hold, Optional<String> result);

    /** The same for several, of one queue; the results are in the order of the completions. */
    List<SettleResult> completeAll(List<Completion> completions);

    /** The run failed: spends an attempt. */
    SettleResult fail(Hold hold, Verdict verdict, String detail);

    /** Gives the job back unfinished: it waits at its old place, nothing is spent, its checkpoint stays. */
    SettleResult handBack(Hold hold);

    /** @param result a JSON value as text */
    record Completion(Hold hold, Optional<String> result) {}

    /** @param nextDue how long until the next scheduled job is due, empty when there is none */
    record Batch(List<Lease> leases, Optional<Duration> nextDue) {}

    sealed interface HoldResult {
        record Held(Instant expiresAt) implements HoldResult {}

        record Lost() implements HoldResult {}

        record Unknown() implements HoldResult {}
    }

    sealed interface SettleResult {
        /** @param dueAt when a job that is scheduled again may run */
        record Settled(JobState state, Optional<Instant> dueAt) implements SettleResult {}

        record Lost() implements SettleResult {}

        record Unknown() implements SettleResult {}

        /** It was completed under the same lease with another result, which stays. */
        record Differs() implements SettleResult {}
    }
}

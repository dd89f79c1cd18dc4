package dev.drover.jobs.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.UniqueKey;

/**
 * A job as it was at one moment.
 *
 * @param spent   attempts that ended by the handler's own word
 * @param crashes runs that ended with their worker's silence
 * @param readyAt when it could run, or can
 * @param runs    the latest runs, oldest first, the one under way not included
 */
public record Job(
        JobId id,
        String type,
        String owner,
        JobState state,
        int priority,
        int spent,
        int maxAttempts,
        int crashes,
        int progress,
        Instant createdAt,
        Instant readyAt,
        Optional<Instant> endedAt,
        Optional<Fault> fault,
        Optional<Holder> holder,
        List<Run> runs,
        String payload,
        Optional<String> result,
        Optional<String> checkpoint,
        Terms terms) {

    /**
     * As the step that added it left it, of one that is new and waits for no other job: who added it need not read it.
     *
     * @param at when it was added, by Redis's clock
     */
    public static Job added(NewJob job, boolean isWaiting, Instant at) {
        JobOptions options = job.options();
        return new Job(
                job.id(),
                job.type(),
                job.owner(),
                isWaiting ? JobState.WAITING : JobState.SCHEDULED,
                job.priority(),
                0,
                job.maxAttempts(),
                0,
                0,
                at,
                at.plusMillis(job.delay().toMillis()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                job.payload(),
                Optional.empty(),
                Optional.empty(),
                new Terms(
                        options.group(),
                        options.timeLimit(),
                        options.unique().map(UniqueKey::key),
                        List.of(),
                        List.of()));
    }

    /** The number of the attempt under way or, between attempts, of the last one; 0 before the first. */
    public int attempt() {
        return holder.isPresent() ? spent + 1 : spent;
    }

    public boolean belongsTo(String sub) {
        return owner.equals(sub);
    }

    /** Why it failed last, as a stable word and for people. */
    public record Fault(String reason, String detail) {}

    /** @param waitsFor those of the jobs it depends on that have not ended */
    public record Terms(
            Optional<String> group,
            Optional<Duration> timeLimit,
            Optional<String> uniqueKey,
            List<String> dependsOn,
            List<String> waitsFor) {}

    /** Who runs it now, and until when unless it gives a sign of life. */
    public record Holder(String worker, Instant startedAt, Instant leaseUntil) {}

    /** A run that is over. {@code outcome}: succeeded, failed, handed_back, lease_expired, timed_out or cancelled. */
    public record Run(
            int attempt, String worker, Instant startedAt, Instant endedAt, String outcome, Optional<String> detail) {}
}

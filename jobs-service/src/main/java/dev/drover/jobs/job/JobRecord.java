package dev.drover.jobs.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.drover.platform.jobs.JobId;

/**
 * A job's record as the scripts write it: a JSON object, times in milliseconds. While the job is active, who holds it stands beside it. Members a
 * newer version may have added are passed over, so that old and new instances work side by side.
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobRecord(
        String type,
        String owner,
        String state,
        int priority,
        int spent,
        int maxAttempts,
        int crashes,
        int progress,
        long createdAt,
        long readyAt,
        Long endedAt,
        Fault error,
        List<Run> runs,
        String traceparent,
        String group,
        Long timeLimitMs,
        Unique unique,
        List<String> dependsOn,
        List<String> waitsFor) {

    /** How many past runs a record keeps; the scripts drop the oldest beyond it. */
    public static final int RUNS_MAX = 20;

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Fault(String reason, String detail) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Run(int attempt, String worker, long startedAt, long endedAt, String outcome, String detail) {

        Job.Run toRun() {
            return new Job.Run(
                    attempt,
                    worker,
                    Instant.ofEpochMilli(startedAt),
                    Instant.ofEpochMilli(endedAt),
                    outcome,
                    Optional.ofNullable(detail));
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Unique(String key) {}

    /** @param lease {@code <token> <startedAt> <leaseUntil> <worker>}, or empty when nobody holds it */
    Job toJob(JobId id, String payload, String result, String checkpoint, String lease) {
        return new Job(
                id,
                type,
                owner,
                lease.isEmpty() ? JobState.of(state) : JobState.ACTIVE,
                priority,
                spent,
                maxAttempts,
                crashes,
                progress,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(readyAt),
                Optional.ofNullable(endedAt).map(Instant::ofEpochMilli),
                Optional.ofNullable(error).map(fault -> new Job.Fault(fault.reason(), fault.detail())),
                present(lease).map(JobRecord::holder),
                runs == null ? List.of() : runs.stream().map(Run::toRun).toList(),
                payload,
                present(result),
                present(checkpoint),
                new Job.Terms(
                        Optional.ofNullable(group),
                        Optional.ofNullable(timeLimitMs).map(Duration::ofMillis),
                        Optional.ofNullable(unique).map(Unique::key),
                        dependsOn == null ? List.of() : List.copyOf(dependsOn),
                        waitsFor == null ? List.of() : List.copyOf(waitsFor)));
    }

    private static Job.Holder holder(String lease) {
        String[] parts = lease.split(" ", 4);
        return new Job.Holder(
                parts[3],
                Instant.ofEpochMilli(Long.parseLong(parts[1])),
                Instant.ofEpochMilli(Long.parseLong(parts[2])));
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

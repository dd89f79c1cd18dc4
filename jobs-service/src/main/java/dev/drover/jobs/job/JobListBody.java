package dev.drover.jobs.job;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Many jobs on the wire. */
final class JobListBody {

    private JobListBody() {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "JobPage")
    record Page(
            List<One> jobs,

            @Schema(description = "For the next page, which may be empty; none on the last") @Nullable
            String nextCursor) {}

    /** Payload, result and attempts are where the job is. */
    @RegisterForReflection
    @Schema(name = "JobSummary")
    record One(
            @Schema(examples = "job_reports_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String id,

            String queue,
            String type,
            String owner,

            @Schema(enumeration = {"scheduled", "waiting", "active", "succeeded", "failed", "dead", "cancelled"})
            String state,

            int priority,
            int attempt,
            int maxAttempts,
            int crashes,
            @Schema(description = "Percent") int progress,
            Instant createdAt,
            Instant runAt,
            @Nullable Instant endedAt,
            @Nullable JobBody.ErrorBody error) {

        static One of(Job job) {
            return new One(
                    job.id().toString(),
                    job.id().queue().value(),
                    job.type(),
                    job.owner(),
                    job.state().word(),
                    job.priority(),
                    job.attempt(),
                    job.maxAttempts(),
                    job.crashes(),
                    job.progress(),
                    job.createdAt(),
                    job.readyAt(),
                    job.endedAt().orElse(null),
                    job.fault()
                            .map(fault -> new JobBody.ErrorBody(fault.reason(), fault.detail()))
                            .orElse(null));
        }
    }

    /** {@code more}: there may be further ones; the cursor goes on behind those looked at. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "JobSweep")
    record Swept(
            @Schema(description = "How many were changed") int changed,

            @Schema(description = "To go on with, in the next request; none when all were looked at") @Nullable
            String nextCursor) {}

    @RegisterForReflection
    @Schema(name = "ErasedJobs")
    record Erased(int forgotten) {}

    /** What became of each job that was named, in the order of the request. */
    @RegisterForReflection
    @Schema(name = "JobResults")
    record Results(List<Result> results) {}

    @RegisterForReflection
    @Schema(name = "JobResult")
    record Result(
            String id,

            @Schema(
                    enumeration = {"done", "unchanged", "unknown"},
                    description = "unchanged: its state does not allow it")
            String outcome,

            @Nullable String state) {}
}

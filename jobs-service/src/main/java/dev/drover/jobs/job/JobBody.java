package dev.drover.jobs.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job on the wire. Payload, result and checkpoint are the client's own JSON, passed on as it is. */
@RegisterForReflection
@Schema(name = "Job")
public record JobBody(
        @Schema(examples = "job_reports_06ek2v5w3xq9d4t8m1b7c0hzyn")
        String id,

        @Schema(examples = "reports") String queue,
        @Schema(examples = "report.build") String type,
        @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn") String owner,

        @Schema(enumeration = {"scheduled", "waiting", "active", "succeeded", "failed", "dead", "cancelled"})
        String state,

        int priority,
        int attempt,
        int maxAttempts,
        @Schema(description = "Leases that expired") int crashes,
        @Schema(description = "Percent") int progress,
        Instant createdAt,
        Instant runAt,
        @Nullable Instant endedAt,
        @Schema(type = SchemaType.OBJECT) @JsonRawValue String payload,
        @Schema(ref = "AnyJson") @JsonRawValue String result,
        @Nullable ErrorBody error,
        @Nullable HolderBody holder,
        List<AttemptBody> attempts,
        @Nullable String group,
        @Nullable @Schema(examples = "PT5M") String timeLimit,
        @Nullable String uniqueKey,
        List<String> dependsOn,

        @Schema(description = "Those of dependsOn that have not ended")
        List<String> waitsFor) {

    @Schema(name = "JobFault")
    public record ErrorBody(String reason, String detail) {}

    @Schema(name = "JobHolder")
    public record HolderBody(String worker, Instant startedAt, Instant leaseExpiresAt) {}

    @Schema(name = "JobAttempt")
    public record AttemptBody(
            int attempt,
            String worker,
            Instant startedAt,
            Instant endedAt,

            @Schema(enumeration = {"succeeded", "failed", "cancelled", "handed_back", "lease_expired", "timed_out"})
            String outcome,

            @JsonInclude(JsonInclude.Include.NON_NULL) String detail) {}

    public static JobBody of(Job job) {
        return new JobBody(
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
                job.payload(),
                job.result().orElse(null),
                job.fault()
                        .map(fault -> new ErrorBody(fault.reason(), fault.detail()))
                        .orElse(null),
                job.holder()
                        .map(holder -> new HolderBody(holder.worker(), holder.startedAt(), holder.leaseUntil()))
                        .orElse(null),
                job.runs().stream()
                        .map(run -> new AttemptBody(
                                run.attempt(),
                                run.worker(),
                                run.startedAt(),
                                run.endedAt(),
                                run.outcome(),
                                run.detail().orElse(null)))
                        .toList(),
                job.terms().group().orElse(null),
                job.terms().timeLimit().map(Duration::toString).orElse(null),
                job.terms().uniqueKey().orElse(null),
                job.terms().dependsOn(),
                job.terms().waitsFor());
    }
}

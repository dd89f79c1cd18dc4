package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a worker is answered. */
final class LeaseBody {

    private LeaseBody() {}

    @RegisterForReflection
    @Schema(name = "LeasedJobs")
    record Taken(List<TakenJob> jobs) {}

    @RegisterForReflection
    @Schema(name = "LeasedJob")
    record TakenJob(
            String id,
            String type,
            String owner,
            @Schema(type = SchemaType.OBJECT) @JsonRawValue String payload,
            int attempt,
            long fencingToken,
            Instant leaseExpiresAt,

            @Nullable @Schema(description = "How long the run may last", examples = "PT5M")
            String timeLimit,

            @Schema(ref = "AnyJson") @JsonRawValue String checkpoint,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Where in a trace it was added (W3C), for the worker's own; left out when nothing is traced")
            String traceparent) {

        static TakenJob of(Lease lease) {
            return new TakenJob(
                    lease.hold().id().toString(),
                    lease.type(),
                    lease.owner(),
                    lease.payload(),
                    lease.attempt(),
                    lease.hold().fencingToken(),
                    lease.expiresAt(),
                    lease.timeLimit().map(Duration::toString).orElse(null),
                    lease.checkpoint().orElse(null),
                    lease.traceParent().orElse(null));
        }
    }

    @RegisterForReflection
    @Schema(name = "HeldLease")
    record Held(Instant leaseExpiresAt) {}

    /** {@code runAt}: when a job that will be tried again may run. */
    @RegisterForReflection
    @Schema(name = "SettledJob")
    record Settled(
            String id,

            @Schema(enumeration = {"scheduled", "waiting", "active", "succeeded", "failed", "dead", "cancelled"})
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) Instant runAt) {}
}

package dev.drover.jobs.lease;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/** What a worker is answered. */
final class LeaseBody {

    private LeaseBody() {}

    record Taken(List<TakenJob> jobs) {}

    record TakenJob(
            String id,
            String type,
            String owner,
            @JsonRawValue String payload,
            int attempt,
            long fencingToken,
            Instant leaseExpiresAt,
            @JsonRawValue String checkpoint) {

        static TakenJob of(Lease lease) {
            return new TakenJob(
                    lease.hold().id().toString(),
                    lease.type(),
                    lease.owner(),
                    lease.payload(),
                    lease.attempt(),
                    lease.hold().fencingToken(),
                    lease.expiresAt(),
                    lease.checkpoint().orElse(null));
        }
    }

    record Held(Instant leaseExpiresAt) {}

    /** {@code runAt}: when a job that will be tried again may run. */
    record Settled(
            String id,
            String state,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant runAt) {}
}

package dev.drover.jobs.job;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/** A job on the wire. Payload, result and checkpoint are the client's own JSON, passed on as it is. */
public record JobBody(
        String id,
        String queue,
        String type,
        String owner,
        String state,
        int priority,
        int attempt,
        int maxAttempts,
        int crashes,
        int progress,
        Instant createdAt,
        Instant runAt,
        Instant endedAt,
        @JsonRawValue String payload,
        @JsonRawValue String result,
        ErrorBody error,
        HolderBody holder,
        List<AttemptBody> attempts) {

    public record ErrorBody(String reason, String detail) {}

    public record HolderBody(String worker, Instant startedAt, Instant leaseExpiresAt) {}

    public record AttemptBody(
            int attempt,
            String worker,
            Instant startedAt,
            Instant endedAt,
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
                        .toList());
    }
}

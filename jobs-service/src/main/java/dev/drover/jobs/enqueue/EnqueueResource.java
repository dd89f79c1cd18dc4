package dev.drover.jobs.enqueue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.JobsError;
import dev.drover.jobs.job.JobBody;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** Puts a job of the caller's on a queue. */
@Path("/jobs")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class EnqueueResource {

    private static final String ROUTE = "POST /jobs";

    private final JobQueue queue;
    private final JobStore jobs;
    private final EnqueuePolicy policy;
    private final Ids ids;
    private final CurrentCaller caller;
    private final Clock clock;

    EnqueueResource(JobQueue queue, JobStore jobs, EnqueueConfig config, Ids ids, CurrentCaller caller, Clock clock) {
        this.queue = queue;
        this.jobs = jobs;
        this.policy = new EnqueuePolicy(config.reservedQueues(), config.reservedTypes(), config.delayMax());
        this.ids = ids;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "enqueueJob", summary = "Put a job on a queue")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobBody.class)),
            headers = @Header(name = "Location", ref = "Location"))
    @Problems({"queue_reserved", "type_reserved", "payload_too_large", "too_many_queues"})
    public Response enqueue(
            @Valid @NotNull EnqueueRequest request, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        Caller asking = caller.get();
        QueueName name = new QueueName(request.queue());
        switch (policy.decide(asking.isAdmin(), name, request.type())) {
            case EnqueuePolicy.Decision.Allowed allowed -> {}
            case EnqueuePolicy.Decision.QueueReserved reserved ->
                throw new ServiceException(JobsError.QUEUE_RESERVED, "Use another queue than " + name + ".");
            case EnqueuePolicy.Decision.TypeReserved reserved ->
                throw new ServiceException(
                        JobsError.TYPE_RESERVED, "Use a type that does not begin with " + reserved.family() + ".");
        }
        JobId id = new JobId(name, ids.create(asking.sub(), ROUTE, IdempotencyKey.fromHeader(idempotencyKey)));
        return switch (queue.enqueue(job(id, asking, request))) {
            case EnqueueResult.Enqueued enqueued -> accepted(id).build();
            case EnqueueResult.AlreadyKnown known ->
                accepted(id).header(IdempotencyKey.REPLAYED, true).build();
            case EnqueueResult.IdInUse differs ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED, "It named another job on this queue: " + id + ".");
            case EnqueueResult.TooManyQueues full ->
                throw new ServiceException(
                        JobsError.TOO_MANY_QUEUES,
                        "There are " + QueueIndex.QUEUES_MAX + " queues; use one of them.",
                        Duration.ofMinutes(1));
        };
    }

    private Response.ResponseBuilder accepted(JobId id) {
        JobBody body = jobs.find(id)
                .map(JobBody::of)
                .orElseThrow(() -> new IllegalStateException("a job that was just enqueued is gone: " + id));
        return Response.accepted(body).location(URI.create("/jobs/" + id));
    }

    private NewJob job(JobId id, Caller asking, EnqueueRequest request) {
        String payload = request.payload() == null ? "{}" : request.payload().toString();
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NewJob.PAYLOAD_BYTES_MAX) {
            throw new ServiceException(
                    JobsError.PAYLOAD_TOO_LARGE,
                    "It has " + bytes + " bytes, at most " + NewJob.PAYLOAD_BYTES_MAX
                            + " are taken. Upload larger things as media and send the media id.");
        }
        return new NewJob(
                id,
                request.type(),
                asking.sub(),
                payload,
                delay(request),
                request.maxAttempts() == null ? NewJob.MAX_ATTEMPTS_DEFAULT : request.maxAttempts(),
                request.priority() == null ? NewJob.PRIORITY_DEFAULT : request.priority());
    }

    private Duration delay(EnqueueRequest request) {
        if (request.delay() != null && request.runAt() != null) {
            throw ServiceException.invalid("/runAt", "excludes delay: send one of them");
        }
        Duration delay = Duration.ZERO;
        if (request.runAt() != null) {
            Duration ahead = Duration.between(clock.instant(), request.runAt());
            // A time that has passed means now.
            delay = ahead.isNegative() ? Duration.ZERO : ahead;
        } else if (request.delay() != null) {
            delay = request.delay();
        }
        if (delay.isNegative() || delay.compareTo(policy.delayMax()) > 0) {
            throw ServiceException.invalid(
                    request.runAt() != null ? "/runAt" : "/delay", "must be within " + policy.delayMax() + " from now");
        }
        return delay;
    }
}

package dev.drover.jobs.enqueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
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

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobBody;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.job.OwnedJobs;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** Puts jobs of the caller's on queues. */
@Path("/jobs")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RouteClass.ENQUEUE)
public class EnqueueResource {

    private static final String ROUTE = "POST /jobs";
    static final String BULK_ROUTE = "POST /jobs/bulk";
    private static final int ACCEPTED = Response.Status.ACCEPTED.getStatusCode();
    private static final int PRESENT = Response.Status.OK.getStatusCode();

    private final Enqueuing enqueuing;
    private final JobQueue queue;
    private final JobStore jobs;
    private final OwnedJobs owned;
    private final Ids ids;
    private final CurrentCaller caller;

    EnqueueResource(
            Enqueuing enqueuing, JobQueue queue, JobStore jobs, OwnedJobs owned, Ids ids, CurrentCaller caller) {
        this.enqueuing = enqueuing;
        this.queue = queue;
        this.jobs = jobs;
        this.owned = owned;
        this.ids = ids;
        this.caller = caller;
    }

    @POST
    @Operation(operationId = "enqueueJob", summary = "Put a job on a queue")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobBody.class)),
            headers = @Header(name = "Location", ref = "Location"))
    @APIResponse(
            responseCode = "200",
            description = "The job with the same unique key, which stands for it",
            content = @Content(schema = @Schema(implementation = JobBody.class)),
            headers = @Header(name = "Location", ref = "Location"))
    @Problems({
        "queue_reserved",
        "type_reserved",
        "payload_too_large",
        "too_many_queues",
        "queue_full",
        "dependency_unknown"
    })
    public Response enqueue(
            @NotNull EnqueueRequest request, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        Caller asking = caller.get();
        String unique = ids.create(asking.sub(), ROUTE, IdempotencyKey.fromHeader(idempotencyKey));
        NewJob job = enqueuing.job(request, unique, asking);
        owned.note(asking.sub(), List.of(job.id()));
        EnqueueResult result = queue.enqueue(job);
        Job added = added(job, result);
        Response.ResponseBuilder answer = Response.status(status(result))
                .entity(JobBody.of(added))
                .header(HttpHeaders.LOCATION, "/jobs/" + added.id());
        return result instanceof EnqueueResult.AlreadyKnown
                ? answer.header(IdempotencyKey.REPLAYED, true).build()
                : answer.build();
    }

    /** What waits for others may have been released in the meantime, and what stands for another is another. */
    private Job added(NewJob job, EnqueueResult result) {
        JobId id = Enqueuing.added(result);
        return result instanceof EnqueueResult.Enqueued fresh
                        && job.options().dependencies().on().isEmpty()
                ? Job.added(job, fresh.isWaiting(), fresh.at())
                : jobs.find(id)
                        .orElseThrow(() -> new IllegalStateException("a job that was just enqueued is gone: " + id));
    }

    @POST
    @Path("/bulk")
    @Operation(
            operationId = "enqueueJobs",
            summary = "Put up to 1,000 jobs on queues",
            description =
                    "Each is judged by itself, and what is wrong with one is its result; the others are added. Only a body that is no list of 1 to 1,000 is refused.")
    @APIResponse(
            responseCode = "200",
            description = "What became of each, in the order they were sent",
            content = @Content(schema = @Schema(implementation = BulkBody.All.class)))
    public BulkBody.All enqueueAll(
            @NotNull BulkRequest request, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        Caller asking = caller.get();
        Optional<IdempotencyKey> key = IdempotencyKey.fromHeader(idempotencyKey);
        BulkBody.One[] results = new BulkBody.One[request.jobs().size()];
        List<NewJob> accepted = new ArrayList<>(results.length);
        int[] places = new int[results.length];
        List<String> uniques = ids.createAll(asking.sub(), BULK_ROUTE, key, results.length);
        for (int i = 0; i < results.length; i++) {
            switch (request.jobs().get(i)) {
                case SentJob.Unfit unfit -> results[i] = BulkBody.One.refused(unfit.why());
                case EnqueueRequest job -> {
                    try {
                        accepted.add(enqueuing.job(job, uniques.get(i), asking));
                        places[accepted.size() - 1] = i;
                    } catch (ServiceException refusal) {
                        results[i] = BulkBody.One.refused(refusal);
                    }
                }
            }
        }
        if (!accepted.isEmpty()) {
            owned.note(asking.sub(), accepted.stream().map(NewJob::id).toList());
        }
        List<EnqueueResult> added = queue.enqueueAll(accepted);
        for (int i = 0; i < added.size(); i++) {
            results[places[i]] = one(added.get(i));
        }
        return new BulkBody.All(List.of(results));
    }

    private static BulkBody.One one(EnqueueResult result) {
        try {
            return BulkBody.One.added(status(result), Enqueuing.added(result));
        } catch (ServiceException refusal) {
            return BulkBody.One.refused(refusal);
        }
    }

    private static int status(EnqueueResult result) {
        return result instanceof EnqueueResult.Duplicate || result instanceof EnqueueResult.Replaced
                ? PRESENT
                : ACCEPTED;
    }
}

package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.job.JobListStore.RetryResult;
import dev.drover.jobs.job.JobStore.CancelResult;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** What an admin does to many jobs of a queue: each request to at most 1,000 of them, each job's change a step of its own. */
@Path("/queues/{queue: " + QueueName.PATTERN + "}")
@Tag(name = "queues")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SweepResource {

    private final JobListStore list;
    private final JobStore jobs;
    private final Selections selections;

    SweepResource(JobListStore list, JobStore jobs, Selections selections) {
        this.list = list;
        this.jobs = jobs;
        this.selections = selections;
    }

    @POST
    @Path("/redrive")
    @Operation(
            operationId = "redriveQueue",
            summary = "Let dead jobs run once more",
            description =
                    "Those the filter wants, newest first, with all their attempts. While there is a `nextCursor`, there are more to look at.")
    @APIResponse(
            responseCode = "200",
            description = "How many wait again",
            content = @Content(schema = @Schema(implementation = JobListBody.Swept.class)))
    public JobListBody.Swept redrive(@PathParam("queue") String queue, @Valid @NotNull SweepRequest.Selection request) {
        QueueName name = new QueueName(queue);
        JobListStore.Page page = selections.dead(name, request);
        int retried = page.jobs().isEmpty()
                ? 0
                : (int) list.retry(name, Selections.ids(page)).values().stream()
                        .filter(RetryResult.Retried.class::isInstance)
                        .count();
        return Selections.swept(retried, page);
    }

    @POST
    @Path("/drain")
    @Operation(
            operationId = "drainQueue",
            summary = "Cancel what has not begun",
            description =
                    "First of the waiting jobs, then of the scheduled ones, those the filter wants. While there is a `nextCursor`, there are more to look at.")
    @APIResponse(
            responseCode = "200",
            description = "How many are cancelled",
            content = @Content(schema = @Schema(implementation = JobListBody.Swept.class)))
    public JobListBody.Swept drain(@PathParam("queue") String queue, @Valid @NotNull SweepRequest.Selection request) {
        JobListStore.Page page = selections.notBegun(new QueueName(queue), request);
        int cancelled = 0;
        for (JobId id : Selections.ids(page)) {
            if (jobs.cancel(id) instanceof CancelResult.Cancelled) {
                cancelled++;
            }
        }
        return Selections.swept(cancelled, page);
    }

    @POST
    @Path("/retry")
    @Operation(
            operationId = "retryJobs",
            summary = "Let jobs run once more",
            description = "Those named that failed, are dead or were cancelled, with all their attempts.")
    @APIResponse(
            responseCode = "200",
            description = "What became of each",
            content = @Content(schema = @Schema(implementation = JobListBody.Results.class)))
    public JobListBody.Results retry(@PathParam("queue") String queue, @Valid @NotNull SweepRequest.Named request) {
        QueueName name = new QueueName(queue);
        Map<String, Optional<JobId>> named = named(name, request);
        List<JobId> known = named.values().stream().flatMap(Optional::stream).toList();
        Map<JobId, RetryResult> results = known.isEmpty() ? Map.of() : list.retry(name, known);
        List<JobListBody.Result> answers = new ArrayList<>();
        named.forEach((text, id) -> answers.add(
                switch (id.map(results::get).orElseGet(RetryResult.Unknown::new)) {
                    case RetryResult.Retried retried -> new JobListBody.Result(text, "done", JobState.WAITING.word());
                    case RetryResult.NotRetried(JobState state) ->
                        new JobListBody.Result(text, "unchanged", state.word());
                    case RetryResult.Unknown unknown -> new JobListBody.Result(text, "unknown", null);
                }));
        return new JobListBody.Results(answers);
    }

    @POST
    @Path("/cancel")
    @Operation(operationId = "cancelJobs", summary = "Cancel jobs", description = "Those named that have not ended.")
    @APIResponse(
            responseCode = "200",
            description = "What became of each",
            content = @Content(schema = @Schema(implementation = JobListBody.Results.class)))
    public JobListBody.Results cancel(@PathParam("queue") String queue, @Valid @NotNull SweepRequest.Named request) {
        List<JobListBody.Result> answers = new ArrayList<>();
        named(new QueueName(queue), request)
                .forEach((text, id) -> answers.add(
                        switch (id.map(jobs::cancel).orElseGet(CancelResult.Unknown::new)) {
                            case CancelResult.Cancelled cancelled ->
                                new JobListBody.Result(text, "done", JobState.CANCELLED.word());
                            case CancelResult.AlreadyEnded(JobState state) ->
                                new JobListBody.Result(text, "unchanged", state.word());
                            case CancelResult.Unknown unknown -> new JobListBody.Result(text, "unknown", null);
                        }));
        return new JobListBody.Results(answers);
    }

    /** What is no id of this queue is unknown here. */
    private static Map<String, Optional<JobId>> named(QueueName queue, SweepRequest.Named request) {
        Map<String, Optional<JobId>> named = new LinkedHashMap<>();
        request.ids()
                .forEach(text -> named.put(
                        text, JobId.parse(text).filter(id -> id.queue().equals(queue))));
        return named;
    }
}

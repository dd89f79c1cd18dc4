package dev.drover.jobs.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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

import dev.drover.jobs.JobsError;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** Takes jobs that have not begun to another queue. */
@Path("/queues/{queue: " + QueueName.PATTERN + "}/move")
@Tag(name = "queues")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MoveResource {

    private final Selections selections;
    private final MoveStore moves;
    private final OwnedJobs owned;
    private final QueueIndex queues;

    MoveResource(Selections selections, MoveStore moves, OwnedJobs owned, QueueIndex queues) {
        this.selections = selections;
        this.moves = moves;
        this.owned = owned;
        this.queues = queues;
    }

    @POST
    @Operation(
            operationId = "moveJobs",
            summary = "Take jobs that have not begun to another queue",
            description =
                    "First of the waiting jobs, then of the scheduled ones, those the filter wants; not those that wait for others or are waited "
                            + "for. Each has another id there; what stays is `cancelled` with the reason `moved` and that id. They "
                            + "arrive within about a second. While there is a `nextCursor`, there are more to look at.")
    @APIResponse(
            responseCode = "200",
            description = "How many are on their way",
            content = @Content(schema = @Schema(implementation = JobListBody.Swept.class)))
    @Problems("too_many_queues")
    public JobListBody.Swept move(@PathParam("queue") String queue, @Valid @NotNull SweepRequest.Move request) {
        QueueName from = new QueueName(queue);
        QueueName to = new QueueName(request.to());
        if (to.equals(from)) {
            throw ServiceException.invalid("/to", "must be another queue");
        }
        // Before anything is on its way there.
        if (!queues.register(to)) {
            throw new ServiceException(JobsError.TOO_MANY_QUEUES, "There are " + QueueIndex.QUEUES_MAX + " queues.");
        }
        JobListStore.Page page = selections.notBegun(from, request.selection());
        Map<JobId, JobId> newIds = new LinkedHashMap<>();
        page.jobs().forEach(job -> newIds.put(job.id(), elsewhere(job.id(), to)));
        note(page, newIds);
        return Selections.swept(moves.depart(from, newIds), page);
    }

    /** A function of both, so that a repeat names the same; and not the way back, where what stayed has the old id. */
    private static JobId elsewhere(JobId id, QueueName to) {
        return new JobId(to, Ids.derive("move", id.toString(), to.value()));
    }

    /** Owners find them where they are; one that stays is found by its old id, and the new one by nobody. */
    private void note(JobListStore.Page page, Map<JobId, JobId> newIds) {
        page.jobs().stream()
                .filter(job -> job.owner().startsWith("usr_"))
                .collect(Collectors.groupingBy(
                        Job::owner, Collectors.mapping(job -> newIds.get(job.id()), Collectors.toList())))
                .forEach(owned::note);
    }
}

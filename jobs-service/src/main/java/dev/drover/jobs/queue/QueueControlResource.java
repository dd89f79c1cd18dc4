package dev.drover.jobs.queue;

import java.time.Duration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
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
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** One queue: how it stands, and whether it goes on. */
@Path("/queues/{queue: " + QueueName.PATTERN + "}")
@Tag(name = "queues")
@RolesAllowed({Roles.WORKER, Roles.ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class QueueControlResource {

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final QueueIndex index;
    private final QueueStore queues;
    private final QueueControl control;

    QueueControlResource(QueueIndex index, QueueStore queues, QueueControl control) {
        this.index = index;
        this.queues = queues;
        this.control = control;
    }

    @GET
    @Operation(operationId = "showQueue", summary = "Show how a queue stands")
    @APIResponse(
            responseCode = "200",
            description = "The queue",
            content = @Content(schema = @Schema(implementation = QueueStatsBody.class)))
    @Problems("queue_not_found")
    public QueueStatsBody show(@PathParam("queue") String queue) {
        QueueName name = known(queue);
        return QueueStatsBody.of(queues.count(name), control.stats(name, LATELY));
    }

    @POST
    @Path("/pause")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "pauseQueue",
            summary = "Pause a queue",
            description = "Jobs are added all the same; those that run may finish.")
    @APIResponse(
            responseCode = "200",
            description = "The queue, paused now or before",
            content = @Content(schema = @Schema(implementation = QueueStatsBody.class)))
    @Problems("queue_not_found")
    public QueueStatsBody pause(@PathParam("queue") String queue) {
        control.pause(known(queue));
        return show(queue);
    }

    @POST
    @Path("/resume")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "resumeQueue", summary = "Let a paused queue go on")
    @APIResponse(
            responseCode = "200",
            description = "The queue, going on",
            content = @Content(schema = @Schema(implementation = QueueStatsBody.class)))
    @Problems("queue_not_found")
    public QueueStatsBody resume(@PathParam("queue") String queue) {
        control.resume(known(queue));
        return show(queue);
    }

    private QueueName known(String queue) {
        QueueName name = new QueueName(queue);
        if (!index.all().contains(name)) {
            throw new ServiceException(JobsError.QUEUE_NOT_FOUND, "A queue is there from its first job on.");
        }
        return name;
    }
}

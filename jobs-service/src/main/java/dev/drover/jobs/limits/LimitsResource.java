package dev.drover.jobs.limits;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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

/** What a queue and each of its groups may run at once and begin. */
@Path("/queues/{queue}/limits")
@Tag(name = "queues")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {

    private final LimitStore limits;
    private final QueueIndex queues;

    LimitsResource(LimitStore limits, QueueIndex queues) {
        this.limits = limits;
        this.queues = queues;
    }

    @GET
    @Operation(operationId = "showQueueLimits", summary = "Show the limits of a queue")
    @APIResponse(
            responseCode = "200",
            description = "The limits",
            content = @Content(schema = @Schema(implementation = LimitsBody.class)))
    public LimitsBody show(
            @PathParam("queue") @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) String queue) {
        return LimitsBody.of(limits.find(new QueueName(queue)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setQueueLimits",
            summary = "Set the limits of a queue",
            description = "All of them at once; what is left out is without limit. What runs already is not ended.")
    @APIResponse(
            responseCode = "200",
            description = "The limits",
            content = @Content(schema = @Schema(implementation = LimitsBody.class)))
    @Problems("too_many_queues")
    public LimitsBody set(
            @PathParam("queue") @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) String queue,
            @Valid @NotNull LimitsBody body) {
        QueueName name = new QueueName(queue);
        if (!queues.register(name)) {
            throw new ServiceException(JobsError.TOO_MANY_QUEUES, "There are " + QueueIndex.QUEUES_MAX + " queues.");
        }
        limits.set(name, body.toLimits());
        return show(queue);
    }
}

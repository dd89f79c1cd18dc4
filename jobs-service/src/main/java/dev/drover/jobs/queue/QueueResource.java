package dev.drover.jobs.queue;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueIndex;

/** All queues with their counts. They hold jobs of all accounts, so it takes a role to see them. */
@Path("/queues")
@Tag(name = "queues")
@RolesAllowed({Roles.WORKER, Roles.ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {

    private final QueueIndex index;
    private final QueueStore queues;

    QueueResource(QueueIndex index, QueueStore queues) {
        this.index = index;
        this.queues = queues;
    }

    @GET
    @Operation(operationId = "listQueues", summary = "List all queues with their counts")
    @APIResponse(
            responseCode = "200",
            description = "The queues",
            content = @Content(schema = @Schema(implementation = QueueBody.All.class)))
    public QueueBody.All all() {
        return new QueueBody.All(
                index.all().stream().map(queues::count).map(QueueBody.One::of).toList());
    }
}

package dev.drover.jobs.lease;

import java.time.Duration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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

import dev.drover.platform.drain.Drain;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** Hands jobs to workers in any language. Whoever leases sees the payload of any account's job, so it takes the role of a worker. */
@Path("/queues/{queue}/lease")
@Tag(name = "workers")
@RolesAllowed({Roles.WORKER, Roles.ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RouteClass.WORK)
public class LeaseResource {

    private final Leases leases;
    private final Drain drain;

    LeaseResource(Leases leases, Drain drain) {
        this.leases = leases;
        this.drain = drain;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "leaseJobs", summary = "Take jobs from a queue")
    @APIResponse(
            responseCode = "200",
            description = "The jobs; none when nothing came in time",
            content = @Content(schema = @Schema(implementation = LeaseBody.Taken.class)))
    public LeaseBody.Taken lease(
            @PathParam("queue") @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) String queue,
            @Valid @NotNull LeaseRequest.Take request) {
        LeaseTerms terms =
                new LeaseTerms(request.jobsMax(), Duration.ofMillis(request.leaseMillis()), request.worker());
        // An instance that is told to stop hands out nothing more and keeps nobody waiting.
        Duration patience = Duration.ofMillis(request.waitMillis());
        try {
            Leases.Taken taken = leases.lease(new QueueName(queue), terms, patience, () -> !drain.isDraining());
            return new LeaseBody.Taken(
                    taken.leases().stream().map(LeaseBody.TakenJob::of).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException(PlatformError.OVERLOADED, "This instance is stopping.", Duration.ofSeconds(1));
        }
    }
}

package dev.drover.jobs.limits;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import dev.drover.jobs.limits.SharedLimitStore.SetResult;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** What several queues may run at once and begin, together. */
@Path("/limits")
@Tag(name = "queues")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SharedLimitResource {

    private final SharedLimitStore limits;
    private final QueueIndex queues;

    SharedLimitResource(SharedLimitStore limits, QueueIndex queues) {
        this.limits = limits;
        this.queues = queues;
    }

    @GET
    @Operation(operationId = "listSharedLimits", summary = "List the limits that queues share")
    @APIResponse(
            responseCode = "200",
            description = "The limits, by name",
            content = @Content(schema = @Schema(implementation = SharedLimitBody.All.class)))
    public SharedLimitBody.All all() {
        return new SharedLimitBody.All(limits.all().stream()
                .flatMap(name -> limits.find(name).stream()
                        .map(limit -> SharedLimitBody.One.of(name, limit, limits.taken(name))))
                .toList());
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "showSharedLimit", summary = "Show a limit that queues share")
    @APIResponse(
            responseCode = "200",
            description = "The limit",
            content = @Content(schema = @Schema(implementation = SharedLimitBody.One.class)))
    @Problems({"limit_not_found", "validation_failed"})
    public SharedLimitBody.One show(
            @PathParam("name") @Pattern(regexp = LimitName.PATTERN, message = LimitName.EXPECTED) String name) {
        LimitName limit = new LimitName(name);
        return limits.find(limit)
                .map(found -> SharedLimitBody.One.of(limit, found, limits.taken(limit)))
                .orElseThrow(() -> new ServiceException(JobsError.LIMIT_NOT_FOUND, "No queues share " + name + "."));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setSharedLimit",
            summary = "Set a limit that queues share",
            description = "All of it at once; a queue is under one such limit at most. What runs already is not ended.")
    @APIResponse(
            responseCode = "200",
            description = "The limit",
            content = @Content(schema = @Schema(implementation = SharedLimitBody.One.class)))
    @Problems({"conflict", "too_many_limits", "too_many_queues", "limit_not_found"})
    public SharedLimitBody.One set(
            @PathParam("name") @Pattern(regexp = LimitName.PATTERN, message = LimitName.EXPECTED) String name,
            @Valid @NotNull SharedLimitBody.Definition definition) {
        SharedLimit limit = definition.toLimit();
        limit.queues().forEach(queue -> {
            if (!queues.register(queue)) {
                throw new ServiceException(
                        JobsError.TOO_MANY_QUEUES, "There are " + QueueIndex.QUEUES_MAX + " queues.");
            }
        });
        switch (limits.set(new LimitName(name), limit)) {
            case SetResult.Done done -> {}
            case SetResult.UnderAnother other ->
                throw new ServiceException(
                        PlatformError.CONFLICT,
                        "The queue " + other.queue() + " is under the limit " + other.limit() + ".");
            case SetResult.TooMany full ->
                throw new ServiceException(
                        JobsError.TOO_MANY_LIMITS, "There are " + SharedLimitStore.LIMITS_MAX + " limits.");
        }
        return show(name);
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            operationId = "deleteSharedLimit",
            summary = "Take a limit away from the queues that share it",
            description = "Also when it is repeated, or there is none.")
    @APIResponse(responseCode = "204", description = "There is no such limit")
    @Problems("validation_failed")
    public void delete(
            @PathParam("name") @Pattern(regexp = LimitName.PATTERN, message = LimitName.EXPECTED) String name) {
        limits.delete(new LimitName(name));
    }
}

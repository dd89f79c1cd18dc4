package dev.drover.jobs.lease;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.JobsError;
import dev.drover.jobs.job.VisibleJobs;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** What a worker that is told to stop does with a job it has not finished. */
@Path("/jobs/{id}/hand-back")
@Tag(name = "workers")
@RolesAllowed({Roles.WORKER, Roles.ADMIN})
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RouteClass.WORK)
public class HandBackResource {

    private final LeaseStore leases;

    HandBackResource(LeaseStore leases) {
        this.leases = leases;
    }

    @RegisterForReflection
    @Schema(name = "JobHandBack")
    record Request(@NotNull @Min(1) Long fencingToken) {}

    @POST
    @Operation(
            operationId = "handJobBack",
            summary = "Give a job back unfinished",
            description =
                    "It waits again at its old place, with its checkpoint and all its attempts, and another worker takes it at once.")
    @APIResponse(
            responseCode = "200",
            description = "Its state",
            content = @Content(schema = @Schema(implementation = LeaseBody.Settled.class)))
    @Problems({"job_not_found", "lease_lost"})
    public LeaseBody.Settled handBack(@PathParam("id") String id, @Valid @NotNull Request request) {
        Hold hold = new Hold(JobId.parse(id).orElseThrow(VisibleJobs::notFound), request.fencingToken());
        return switch (leases.handBack(hold)) {
            case LeaseStore.SettleResult.Settled settled ->
                new LeaseBody.Settled(id, settled.state().word(), null);
            case LeaseStore.SettleResult.Lost lost ->
                throw new ServiceException(
                        JobsError.LEASE_LOST, "It expired, was handed on, or the job was cancelled.");
            case LeaseStore.SettleResult.Unknown unknown -> throw VisibleJobs.notFound();
            case LeaseStore.SettleResult.Differs differs ->
                throw new IllegalStateException("a hand-back has no result: " + id);
        };
    }
}

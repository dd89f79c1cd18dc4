package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.JobsError;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** What the holder of a lease has to say about its job. The word of anyone else, an earlier holder included, is refused without effect. */
@Path("/jobs/{id}")
@Tag(name = "workers")
@RolesAllowed({Roles.WORKER, Roles.ADMIN})
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RateLimited(RouteClass.WORK)
public class HolderResource {

    private final LeaseStore leases;

    HolderResource(LeaseStore leases) {
        this.leases = leases;
    }

    @POST
    @Path("/heartbeat")
    @Operation(operationId = "extendLease", summary = "Keep a lease")
    @APIResponse(
            responseCode = "200",
            description = "The lease's new end",
            content = @Content(schema = @Schema(implementation = LeaseBody.Held.class)))
    @Problems({"job_not_found", "lease_lost"})
    public LeaseBody.Held heartbeat(@PathParam("id") String id, @Valid @NotNull LeaseRequest.Heartbeat request) {
        return held(leases.extend(hold(id, request.fencingToken()), Duration.ofMillis(request.leaseMillis())));
    }

    @POST
    @Path("/progress")
    @Operation(operationId = "reportProgress", summary = "Say how far a job is")
    @APIResponse(
            responseCode = "200",
            description = "The lease's end, as it was",
            content = @Content(schema = @Schema(implementation = LeaseBody.Held.class)))
    @Problems({"job_not_found", "lease_lost"})
    public LeaseBody.Held progress(@PathParam("id") String id, @Valid @NotNull LeaseRequest.Progress request) {
        OptionalInt percent = request.percent() == null ? OptionalInt.empty() : OptionalInt.of(request.percent());
        Optional<String> checkpoint = text(request.checkpoint());
        return held(leases.report(hold(id, request.fencingToken()), percent, checkpoint));
    }

    @POST
    @Path("/complete")
    @Operation(
            operationId = "completeJob",
            summary = "Say that a job is done",
            description =
                    "Once: repeated with the same result it is answered the same, with another it is refused and the first stays.")
    @APIResponse(
            responseCode = "200",
            description = "Its state",
            content = @Content(schema = @Schema(implementation = LeaseBody.Settled.class)))
    @Problems({"job_not_found", "lease_lost", "result_differs"})
    public LeaseBody.Settled complete(@PathParam("id") String id, @Valid @NotNull LeaseRequest.Complete request) {
        Optional<String> result = text(request.result());
        return settled(id, leases.complete(hold(id, request.fencingToken()), result));
    }

    @POST
    @Path("/fail")
    @Operation(operationId = "failJob", summary = "Say that a job failed")
    @APIResponse(
            responseCode = "200",
            description = "Its state, and when it is tried again",
            content = @Content(schema = @Schema(implementation = LeaseBody.Settled.class)))
    @Problems({"job_not_found", "lease_lost"})
    public LeaseBody.Settled fail(@PathParam("id") String id, @Valid @NotNull LeaseRequest.Fail request) {
        return settled(id, leases.fail(hold(id, request.fencingToken()), request.verdict(), request.reason()));
    }

    private static Hold hold(String id, long token) {
        return new Hold(JobId.parse(id).orElseThrow(HolderResource::notFound), token);
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value).filter(given -> !given.isNull()).map(JsonNode::toString);
    }

    private static LeaseBody.Held held(LeaseStore.HoldResult result) {
        return switch (result) {
            case LeaseStore.HoldResult.Held held -> new LeaseBody.Held(held.expiresAt());
            case LeaseStore.HoldResult.Lost lost -> throw leaseLost();
            case LeaseStore.HoldResult.Unknown unknown -> throw notFound();
        };
    }

    private static LeaseBody.Settled settled(String id, LeaseStore.SettleResult result) {
        return switch (result) {
            case LeaseStore.SettleResult.Settled settled ->
                new LeaseBody.Settled(
                        id, settled.state().word(), settled.dueAt().orElse(null));
            case LeaseStore.SettleResult.Lost lost -> throw leaseLost();
            case LeaseStore.SettleResult.Unknown unknown -> throw notFound();
            case LeaseStore.SettleResult.Differs differs ->
                throw new ServiceException(
                        JobsError.RESULT_DIFFERS, "The result that was said first under this token stays.");
        };
    }

    private static ServiceException leaseLost() {
        return new ServiceException(
                JobsError.LEASE_LOST, "It expired, was handed on, or the job was cancelled. Drop what you were doing.");
    }

    private static ServiceException notFound() {
        return new ServiceException(JobsError.JOB_NOT_FOUND, "It never was, or it was forgotten after its end.");
    }
}

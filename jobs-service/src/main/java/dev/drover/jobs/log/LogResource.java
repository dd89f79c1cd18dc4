package dev.drover.jobs.log;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.JobsError;
import dev.drover.jobs.job.VisibleJobs;
import dev.drover.jobs.lease.Hold;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** What runs of a job write down, and its owner reads. */
@Path("/jobs/{id}/logs")
@Tag(name = "jobs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {

    private final JobLogs logs;
    private final VisibleJobs visible;

    LogResource(JobLogs logs, VisibleJobs visible) {
        this.logs = logs;
        this.visible = visible;
    }

    @GET
    @Authenticated
    @Operation(
            operationId = "showJobLog",
            summary = "Show what a job's runs wrote down",
            description =
                    "The latest 500 lines, oldest first, for seven days after the last one. For its owner; with the role `worker` or "
                            + "`admin`, any job's.")
    @APIResponse(
            responseCode = "200",
            description = "The lines",
            content = @Content(schema = @Schema(implementation = LogBody.All.class)))
    @Problems("job_not_found")
    public LogBody.All read(@PathParam("id") String id) {
        return new LogBody.All(logs.read(visible.get(id).id()).stream()
                .map(line -> new LogBody.Line(line.at(), line.text()))
                .toList());
    }

    @POST
    @RolesAllowed({Roles.WORKER, Roles.ADMIN})
    @RateLimited(RouteClass.WORK)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "writeJobLog", summary = "Write lines into a job's log, as its holder")
    @APIResponse(responseCode = "204", description = "They are there")
    @Problems({"job_not_found", "lease_lost"})
    public void write(@PathParam("id") String id, @Valid @NotNull LogBody.Written request) {
        Hold hold = new Hold(JobId.parse(id).orElseThrow(VisibleJobs::notFound), request.fencingToken());
        switch (logs.write(hold, request.lines())) {
            case WRITTEN -> {}
            case LOST ->
                throw new ServiceException(
                        JobsError.LEASE_LOST,
                        "It expired, was handed on, or the job was cancelled. Drop what you were doing.");
            case UNKNOWN -> throw VisibleJobs.notFound();
        }
    }
}

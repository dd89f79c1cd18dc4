package dev.drover.jobs.job;

import java.util.Optional;

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
import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** One job, for its owner. For anyone else it is not there. */
@Path("/jobs/{id}")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

    private final JobStore jobs;
    private final CurrentCaller caller;

    JobResource(JobStore jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "showJob",
            summary = "Show a job",
            description = "For its owner; with the role `worker` or `admin`, any job.")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(schema = @Schema(implementation = JobBody.class)))
    @Problems("job_not_found")
    @HeldUntilAdmitted
    public JobBody read(@PathParam("id") String id) {
        return JobBody.of(visible(id).orElseThrow(JobResource::notFound));
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description = "For its owner; with the role `worker` or `admin`, any job.")
    @APIResponse(
            responseCode = "200",
            description = "The job, cancelled now or before",
            content = @Content(schema = @Schema(implementation = JobBody.class)))
    @Problems({"job_not_found", "job_ended"})
    public JobBody cancel(@PathParam("id") String id) {
        JobId known = visible(id).map(Job::id).orElseThrow(JobResource::notFound);
        return switch (jobs.cancel(known)) {
            case JobStore.CancelResult.Cancelled cancelled -> read(id);
            case JobStore.CancelResult.AlreadyEnded(JobState state) -> {
                if (state == JobState.CANCELLED) {
                    yield read(id);
                }
                throw new ServiceException(JobsError.JOB_ENDED, "Its state is " + state.word() + ".");
            }
            case JobStore.CancelResult.Unknown unknown -> throw notFound();
        };
    }

    private Optional<Job> visible(String id) {
        return JobId.parse(id).flatMap(jobs::find).filter(job -> job.belongsTo(caller.sub()) || seesAllJobs());
    }

    private boolean seesAllJobs() {
        Caller asking = caller.get();
        return asking.isAdmin() || asking.roles().contains(Roles.WORKER);
    }

    private static ServiceException notFound() {
        return new ServiceException(
                JobsError.JOB_NOT_FOUND, "It never was, it was forgotten after its end, or it is another account's.");
    }
}

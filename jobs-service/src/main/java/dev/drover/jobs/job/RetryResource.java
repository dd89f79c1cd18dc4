package dev.drover.jobs.job;

import java.util.List;

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
import dev.drover.jobs.job.JobListStore.RetryResult;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** Lets one job run once more. */
@Path("/jobs/{id}/retry")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RetryResource {

    private final JobListStore list;
    private final VisibleJobs visible;

    RetryResource(JobListStore list, VisibleJobs visible) {
        this.list = list;
        this.visible = visible;
    }

    @POST
    @Operation(
            operationId = "retryJob",
            summary = "Let a job run once more",
            description =
                    "One that failed, is dead or was cancelled: it waits again, with all its attempts. For its owner; with the role "
                            + "`worker` or `admin`, any job.")
    @APIResponse(
            responseCode = "200",
            description = "The job, waiting",
            content = @Content(schema = @Schema(implementation = JobBody.class)))
    @Problems({"job_not_found", "job_not_retryable"})
    public JobBody retry(@PathParam("id") String text) {
        JobId id = visible.get(text).id();
        return switch (list.retry(id.queue(), List.of(id)).get(id)) {
            case RetryResult.Retried retried -> JobBody.of(visible.get(text));
            case RetryResult.NotRetried(JobState state) ->
                throw new ServiceException(
                        JobsError.JOB_NOT_RETRYABLE,
                        state == JobState.CANCELLED
                                ? "It was moved to another queue; its error names the job it became."
                                : "Its state is " + state.word() + ".");
            case RetryResult.Unknown unknown -> throw VisibleJobs.notFound();
        };
    }
}

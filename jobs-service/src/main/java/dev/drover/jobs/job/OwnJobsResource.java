package dev.drover.jobs.job;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.CurrentCaller;

/** All jobs of the caller's at once. */
@Path("/jobs/of/me")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class OwnJobsResource {

    private final AccountJobs accounts;
    private final CurrentCaller caller;

    OwnJobsResource(AccountJobs accounts, CurrentCaller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    @DELETE
    @Operation(
            operationId = "eraseJobs",
            summary = "Forget all jobs the caller has added",
            description =
                    "Those that are listed: what has not ended is cancelled, and then all are forgotten, with payloads, results and logs.")
    @APIResponse(
            responseCode = "200",
            description = "How many were forgotten; none when it is repeated",
            content = @Content(schema = @Schema(implementation = JobListBody.Erased.class)))
    public JobListBody.Erased erase() {
        return new JobListBody.Erased(accounts.erase(caller.sub()));
    }
}

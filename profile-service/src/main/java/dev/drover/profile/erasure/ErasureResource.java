package dev.drover.profile.erasure;

import jakarta.ws.rs.GET;
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

import dev.drover.platform.erasure.Erasures;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** What became of an erasure. */
@Path("/profiles/erasures/{id}")
@Tag(name = "profiles")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {

    private final Erasures erasures;

    ErasureResource(Erasures erasures) {
        this.erasures = erasures;
    }

    @GET
    @Operation(
            operationId = "showErasure",
            summary = "Show how far an erasure is",
            description = "For whoever has its id; until a week after it is done.")
    @APIResponse(
            responseCode = "200",
            description = "The erasure",
            content = @Content(schema = @Schema(implementation = ErasureBody.class)))
    @Problems("not_found")
    public ErasureBody show(@PathParam("id") String id) {
        return erasures.find(id)
                .map(ErasureBody::of)
                .orElseThrow(() -> new ServiceException(PlatformError.NOT_FOUND, "There is no such erasure."));
    }
}

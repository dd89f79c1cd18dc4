package dev.drover.media.upload;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.media.MediaError;
import dev.drover.media.upload.PartUploads.PlanResult;
import dev.drover.media.upload.PartUploads.Refusal;
import dev.drover.media.upload.PartUploads.SignResult;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /media/uploads/{id}/parts}: a large file goes to the store part by part, from any device, granted by any instance. */
@Path("/media/uploads/{id}/parts")
@Tag(name = "uploads")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PartsResource {

    static final String ROUTE = "POST /media/uploads/{id}/parts";

    private final PartUploads uploads;
    private final CurrentCaller caller;

    PartsResource(PartUploads uploads, CurrentCaller caller) {
        this.uploads = uploads;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listParts", summary = "List the parts of an upload that are there")
    @APIResponse(
            responseCode = "200",
            description = "How far it is",
            content = @Content(schema = @Schema(implementation = PartsBody.class)))
    @Problems({"not_found", "upload_not_in_parts", "upload_complete"})
    public PartsBody list(@PathParam("id") String id) {
        return switch (uploads.list(caller.get().sub(), parse(id))) {
            case PlanResult.Planned(var plan) -> PartsBody.of(plan);
            case PlanResult.Refused(Refusal why) -> throw refused(why);
        };
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "signParts", summary = "Get URLs to send parts of a file to")
    @APIResponse(
            responseCode = "200",
            description = "Where the parts go",
            content = @Content(schema = @Schema(implementation = SignedPartsBody.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems({"not_found", "upload_not_in_parts", "upload_complete"})
    public Response sign(
            @PathParam("id") String id, @Valid @NotNull(message = "a JSON object is expected") PartsRequest request) {
        return switch (uploads.sign(caller.get().sub(), parse(id), request.digests())) {
            case SignResult.Signed(var requests) ->
                Response.ok(SignedPartsBody.of(requests))
                        .header("Cache-Control", "no-store")
                        .build();
            case SignResult.NoSuchPart(int number, int partCount) ->
                throw ServiceException.invalid("/parts", "there are " + partCount + " parts, so no number " + number);
            case SignResult.Refused(Refusal why) -> throw refused(why);
        };
    }

    private static MediaId parse(String id) {
        return MediaId.parse(id).orElseThrow(() -> refused(Refusal.UNKNOWN));
    }

    private static ServiceException refused(Refusal why) {
        return switch (why) {
            case UNKNOWN -> new ServiceException(PlatformError.NOT_FOUND, "There is no such upload.");
            case NOT_IN_PARTS ->
                new ServiceException(MediaError.UPLOAD_NOT_IN_PARTS, "Repeat its grant for the URL the bytes go to.");
            case PAST -> new ServiceException(MediaError.UPLOAD_COMPLETE, "GET /media/{id} tells what became of it.");
        };
    }
}

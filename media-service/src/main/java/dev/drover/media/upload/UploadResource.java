package dev.drover.media.upload;

import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.media.MediaBody;
import dev.drover.media.MediaError;
import dev.drover.media.upload.Uploads.CompleteResult;
import dev.drover.media.upload.Uploads.GrantResult;
import dev.drover.media.upload.Uploads.Way;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** {@code /media/uploads}: the bytes go from the client to the store; this grants it and looks at the result. */
@Path("/media/uploads")
@Tag(name = "uploads")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UploadResource {

    static final String ROUTE = "POST /media/uploads";

    /** Missing parts an error names. */
    private static final int MISSING_PARTS_MAX = 100;

    private final Uploads uploads;
    private final CurrentCaller caller;
    private final Ids ids;

    UploadResource(Uploads uploads, CurrentCaller caller, Ids ids) {
        this.uploads = uploads;
        this.caller = caller;
        this.ids = ids;
    }

    @POST
    @RateLimited(RouteClass.UPLOAD)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "grantUpload", summary = "Get a URL to send the bytes of a file to")
    @APIResponse(
            responseCode = "201",
            description = "Where the bytes go",
            content = @Content(schema = @Schema(implementation = UploadBody.class)),
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems({"upload_deleted", "file_too_large", "content_type_not_allowed", "media_quota_exceeded"})
    public Response grant(
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @Valid @NotNull(message = "a JSON object is expected") UploadRequest request) {
        String owner = caller.get().sub();
        MediaId id = MediaId.of(owner, ids.create(owner, ROUTE, IdempotencyKey.fromHeader(key)));
        return switch (uploads.grant(request.toMedia(id, owner))) {
            case GrantResult.Granted granted -> granted(granted);
            case GrantResult.TooLarge(long sizeMaxBytes) ->
                throw new ServiceException(
                        MediaError.FILE_TOO_LARGE,
                        "A file of this purpose has at most " + sizeMaxBytes + " bytes; this one has "
                                + request.sizeBytes() + ".");
            case GrantResult.TypeRefused(var taken) ->
                throw new ServiceException(
                        MediaError.CONTENT_TYPE_NOT_ALLOWED,
                        "For this purpose are taken: " + String.join(", ", taken) + ".");
            case GrantResult.Differs differs ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED, "The key stands for an upload with another body.");
            case GrantResult.Deleted deleted ->
                throw new ServiceException(
                        MediaError.UPLOAD_DELETED, "The key stands for an upload whose file was deleted since.");
            case GrantResult.OverQuota(long bytesLeft, long filesLeft) ->
                throw new ServiceException(
                        MediaError.MEDIA_QUOTA_EXCEEDED,
                        "Of the quota are left " + bytesLeft + " bytes and " + filesLeft + " files; delete some first.",
                        null,
                        Map.of("bytesLeft", bytesLeft, "filesLeft", filesLeft));
        };
    }

    private static Response granted(GrantResult.Granted granted) {
        UploadBody body =
                switch (granted.way()) {
                    case Way.InOneRequest(var upload) -> UploadBody.of(granted.item(), upload);
                    case Way.InParts(var plan) -> UploadBody.inParts(granted.item(), plan);
                    case Way.Made made -> UploadBody.made(granted.item());
                };
        ResponseBuilder response = Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/media/" + body.id())
                .entity(body);
        // The URL is a right to write; no cache on the way may keep it.
        response.header("Cache-Control", "no-store");
        return granted.repeated()
                ? response.header(IdempotencyKey.REPLAYED, "true").build()
                : response.build();
    }

    @POST
    @Path("/{id}/complete")
    @Operation(operationId = "completeUpload", summary = "Say that the bytes are there")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = MediaBody.class)))
    @Problems({"not_found", "upload_missing", "upload_differs"})
    public MediaBody complete(@PathParam("id") String id) {
        MediaId media = MediaId.parse(id).orElseThrow(UploadResource::notFound);
        return switch (uploads.complete(caller.get().sub(), media)) {
            case CompleteResult.Complete(var item) -> MediaBody.of(item);
            case CompleteResult.Missing missing ->
                throw new ServiceException(
                        MediaError.UPLOAD_MISSING, "Send the bytes to the URL of the upload first, then complete it.");
            case CompleteResult.PartsMissing(var numbers) ->
                throw new ServiceException(
                        MediaError.UPLOAD_MISSING,
                        numbers.size() + " parts are missing, the first of them number " + numbers.getFirst() + ".",
                        null,
                        Map.of(
                                "missingParts",
                                numbers.stream().limit(MISSING_PARTS_MAX).toList()));
            case CompleteResult.Differs(var differences) ->
                throw new ServiceException(
                        MediaError.UPLOAD_DIFFERS, "What is stored: " + String.join("; ", differences) + ".");
            case CompleteResult.Unknown unknown -> throw notFound();
        };
    }

    private static ServiceException notFound() {
        return new ServiceException(PlatformError.NOT_FOUND, "There is no such upload.");
    }
}

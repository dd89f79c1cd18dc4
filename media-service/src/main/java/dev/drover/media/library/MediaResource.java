package dev.drover.media.library;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

import dev.drover.media.MediaBody;
import dev.drover.media.MediaError;
import dev.drover.media.library.Library.LinkResult;
import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaLedger.Cursor;
import dev.drover.platform.medialedger.MediaLedger.Page;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /media}: the caller's own files. Anyone else's are not found. */
@Path("/media")
@Tag(name = "media")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MediaResource {

    private static final String ID = "/{id: med_[^/]*}";

    private final Library library;
    private final LibraryConfig config;
    private final CurrentCaller caller;

    MediaResource(Library library, LibraryConfig config, CurrentCaller caller) {
        this.library = library;
        this.config = config;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listMedia", summary = "List the caller's files, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = MediaListBody.class)),
            headers = @Header(name = "Link", ref = "Link"))
    @HeldUntilAdmitted
    public Response list(@QueryParam("limit") @Min(1) @Max(100) Integer limit, @QueryParam("cursor") String cursor) {
        int max = limit == null ? config.pageSize() : limit;
        Page page = library.list(caller.sub(), max, Optional.ofNullable(cursor).map(MediaResource::parse));
        String next = page.next().map(MediaResource::encode).orElse(null);
        MediaListBody body =
                new MediaListBody(page.items().stream().map(MediaBody::of).toList(), next);
        Response.ResponseBuilder response = Response.ok(body);
        if (next != null) {
            response.header("Link", "</media?limit=" + max + "&cursor=" + next + ">; rel=\"next\"");
        }
        return response.build();
    }

    private static String encode(Cursor cursor) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(cursor.value().getBytes(StandardCharsets.US_ASCII));
    }

    private static Cursor parse(String text) {
        try {
            return new Cursor(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid("cursor", "must be the cursor of an earlier answer");
        }
    }

    @GET
    @HeldUntilAdmitted
    @Path(ID)
    @Operation(operationId = "showMedia", summary = "Show a file")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = MediaBody.class)))
    @Problems("not_found")
    public MediaBody get(@PathParam("id") String id) {
        return library.find(caller.sub(), parseId(id)).map(MediaBody::of).orElseThrow(MediaResource::notFound);
    }

    @GET
    @HeldUntilAdmitted
    @Path(ID + "/url")
    @Operation(operationId = "linkMedia", summary = "Get a URL to read a file by")
    @APIResponse(
            responseCode = "200",
            description = "A URL that is good for a minute, for whoever has it",
            content = @Content(schema = @Schema(implementation = LinkBody.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems({"not_found", "variant_not_found", "media_not_ready", "media_quarantined"})
    public Response url(
            @PathParam("id") String id,
            @QueryParam("variant")
                    @DefaultValue("original")
                    @Schema(enumeration = {"original", "preview", "avatar64", "avatar256"})
                    String variantWord) {
        VariantName variant = VariantName.parse(variantWord).orElseThrow(MediaResource::noSuchVariant);
        return switch (library.link(caller.sub(), parseId(id), variant)) {
            case LinkResult.Link(var download) ->
                Response.ok(new LinkBody(download.url(), download.expiresAt()))
                        .header("Cache-Control", "no-store")
                        .build();
            case LinkResult.NotReady(var state) ->
                throw new ServiceException(MediaError.MEDIA_NOT_READY, "Its state is " + state.word() + ".");
            case LinkResult.Quarantined(String reason) ->
                throw new ServiceException(MediaError.MEDIA_QUARANTINED, "Because: " + reason + ".");
            case LinkResult.NoSuchVariant none -> throw noSuchVariant();
            case LinkResult.Unknown unknown -> throw notFound();
        };
    }

    @DELETE
    @Path(ID)
    @Operation(operationId = "deleteMedia", summary = "Delete a file")
    @APIResponse(responseCode = "204", description = "It is deleted, or was within the last day")
    @Problems("not_found")
    public void delete(@PathParam("id") String id) {
        if (!library.delete(caller.get().sub(), parseId(id))) {
            throw notFound();
        }
    }

    private static MediaId parseId(String id) {
        return MediaId.parse(id).orElseThrow(MediaResource::notFound);
    }

    private static ServiceException noSuchVariant() {
        return new ServiceException(MediaError.VARIANT_NOT_FOUND, "GET /media/{id} lists the variants there are.");
    }

    private static ServiceException notFound() {
        return new ServiceException(PlatformError.NOT_FOUND, "There is no such file.");
    }
}

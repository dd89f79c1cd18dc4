package dev.drover.media.library;

import java.util.List;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
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
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.IdentityConfig;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.Share;
import dev.drover.platform.medialedger.ShareLedger.ShareResult;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /media/{id}/shares}: the owner's links to a file. */
@Path("/media/{id: med_[^/]*}/shares")
@Tag(name = "shares")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ShareResource {

    private static final String ROUTE = "POST /media/{id}/shares";

    private final Shares shares;
    private final CurrentCaller caller;
    private final Ids ids;
    private final String baseUrl;

    ShareResource(Shares shares, CurrentCaller caller, Ids ids, IdentityConfig identity) {
        this.shares = shares;
        this.caller = caller;
        this.ids = ids;
        this.baseUrl = identity.publicBaseUrl().replaceAll("/+$", "");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "shareMedia", summary = "Make a link others get a file by")
    @APIResponse(
            responseCode = "201",
            description = "The link",
            content = @Content(schema = @Schema(implementation = ShareBody.class)),
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems({"not_found", "variant_not_found", "too_many_shares"})
    public Response share(
            @PathParam("id") String id,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @Valid @NotNull(message = "a JSON object is expected") ShareRequest request) {
        MediaName name = name(id);
        if (!shares.mayHave(name, request.wanted())) {
            throw new ServiceException(MediaError.VARIANT_NOT_FOUND, "GET /media/{id} lists the variants there are.");
        }
        String shareId = "shr_" + ids.create(name.owner(), ROUTE + " " + name.id(), IdempotencyKey.fromHeader(key));
        return switch (shares.share(
                name, shareId, ids.random(), request.wanted(), request.validFor(shares.validMax()))) {
            case ShareResult.Noted(Share share) ->
                Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/media/" + name.id() + "/shares/" + share.id())
                        .entity(ShareBody.of(baseUrl, name.id(), share))
                        .header("Cache-Control", "no-store")
                        .build();
            case ShareResult.Full full -> throw new ServiceException(MediaError.TOO_MANY_SHARES, "Revoke one first.");
            case ShareResult.Gone gone -> throw notFound();
        };
    }

    @GET
    @Operation(operationId = "listShares", summary = "List the links to a file")
    @APIResponse(
            responseCode = "200",
            description = "Those that can still be used, the latest first",
            content = @Content(schema = @Schema(implementation = ShareBody.ListBody.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems("not_found")
    public Response list(@PathParam("id") String id) {
        MediaName name = name(id);
        Optional<List<Share>> found = shares.list(name.owner(), name.id());
        return Response.ok(new ShareBody.ListBody(found.orElseThrow(ShareResource::notFound).stream()
                        .map(share -> ShareBody.of(baseUrl, name.id(), share))
                        .toList()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("/{share}")
    @Operation(operationId = "revokeShare", summary = "Take back a link")
    @APIResponse(responseCode = "204", description = "There is no such link, now or before")
    @Problems("not_found")
    public void revoke(@PathParam("id") String id, @PathParam("share") String share) {
        if (!Share.isId(share) || !shares.revoke(name(id), share)) {
            throw notFound();
        }
    }

    /** Anyone else's id is none of the caller's shard, or is found not to be theirs by the ledger. */
    private MediaName name(String text) {
        MediaId id = MediaId.parse(text).orElseThrow(ShareResource::notFound);
        try {
            return new MediaName(caller.get().sub(), id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ServiceException notFound() {
        return new ServiceException(PlatformError.NOT_FOUND, "There is no such file.");
    }
}

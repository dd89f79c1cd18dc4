package dev.drover.media.library;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.media.library.Library.LinkResult;
import dev.drover.platform.medialedger.Share;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /media/shared/{token}}: where the links lead. Whoever has one gets the file, without a log-in. */
@Path(SharedResource.PATH)
@Tag(name = "shares")
@RunOnVirtualThread
public class SharedResource {

    static final String PATH = "/media/shared";

    private final Shares shares;

    SharedResource(Shares shares) {
        this.shares = shares;
    }

    @GET
    @Path("/{token}")
    @Operation(operationId = "openShare", summary = "Get a file by a link")
    @APIResponse(
            responseCode = "303",
            description = "To a URL that is good for a minute",
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems("not_found")
    public Response open(@PathParam("token") String text) {
        LinkResult.Link link = Share.Token.parse(text)
                .flatMap(shares::open)
                // One answer for all reasons: a guess learns nothing.
                .orElseThrow(() -> new ServiceException(PlatformError.NOT_FOUND, "The link leads nowhere."));
        return Response.status(Status.SEE_OTHER)
                .location(link.download().url())
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}

package dev.drover.media.library;

import java.time.Clock;
import java.time.Duration;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.medialedger.AvatarPath;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /media/avatars/…}: where {@code avatar.urls} of profiles and cards lead. No credentials are needed, as for the card itself. */
@Path(AvatarPath.ROOT)
@Tag(name = "media")
@RunOnVirtualThread
public class AvatarResource {

    private final Avatars avatars;
    private final Clock clock;

    AvatarResource(Avatars avatars, Clock clock) {
        this.avatars = avatars;
        this.clock = clock;
    }

    @GET
    @Path("/{account}/{id}/{variant}")
    @Operation(
            operationId = "showAvatar",
            summary = "Get the picture of an account",
            description = "For anyone, while the profile of the account shows it.")
    @APIResponse(
            responseCode = "303",
            description = "To a URL that is good for up to a minute",
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems("not_found")
    public Response get(
            @PathParam("account") @Parameter(example = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn") String account,
            @PathParam("id") @Parameter(example = "med_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,
            @PathParam("variant") @Parameter(description = "avatar64 or avatar256", example = "avatar64")
                    String variant) {
        PresignedRequest picture = MediaId.parse(id)
                .flatMap(file -> VariantName.parse(variant).flatMap(size -> avatars.find(account, file, size)))
                // One answer for all reasons: what is not shown is as if it were not.
                .orElseThrow(() -> new ServiceException(PlatformError.NOT_FOUND, "The account shows no such picture."));
        // For half of what is left of the URL's time, so that whoever follows a kept redirect still gets there.
        long keptSeconds = Math.max(
                0,
                Duration.between(clock.instant(), picture.expiresAt())
                        .dividedBy(2)
                        .toSeconds());
        return Response.status(Status.SEE_OTHER)
                .location(picture.url())
                .header("Cache-Control", "public, max-age=" + keptSeconds)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}

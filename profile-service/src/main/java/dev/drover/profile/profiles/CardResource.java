package dev.drover.profile.profiles;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.AccountId;
import dev.drover.profile.ConditionalResponse;
import dev.drover.profile.ProfileError;

/** The public card of any account; no credentials are needed. */
@Path("/profiles/{id}")
@Tag(name = "profiles")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CardResource {

    private final Cards cards;

    CardResource(Cards cards) {
        this.cards = cards;
    }

    @GET
    @Operation(operationId = "showProfileCard", summary = "Show the public card of an account")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "The card",
            content = @Content(schema = @Schema(implementation = CardBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems("profile_not_found")
    @HeldUntilAdmitted
    public Response get(@PathParam("id") String id, @Context Request conditions) {
        CardBody card = AccountId.parse(id)
                .flatMap(cards::find)
                .orElseThrow(() -> new ServiceException(ProfileError.PROFILE_NOT_FOUND, "No account has this id."));
        return ConditionalResponse.of(conditions, new EntityTag(card.tag()), () -> card);
    }
}

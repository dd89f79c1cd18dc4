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

import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.AccountId;
import dev.drover.profile.ProfileError;

/** The public card of any account; no credentials are needed. */
@Path("/profiles/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CardResource {

    private final Profiles profiles;

    CardResource(Profiles profiles) {
        this.profiles = profiles;
    }

    @GET
    public Response get(@PathParam("id") String id, @Context Request conditions) {
        CardBody card = AccountId.parse(id)
                .flatMap(profiles::find)
                .map(CardBody::of)
                .orElseThrow(() -> new ServiceException(ProfileError.PROFILE_NOT_FOUND, "No account has this id."));
        return ConditionalResponse.of(conditions, new EntityTag(card.tag()), () -> card);
    }
}

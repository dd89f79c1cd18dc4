package dev.drover.profile.profiles;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.http.EntityVersion;

/** The caller's own profile. Bodies are taken as bytes: the digest of a repeat is of what was sent, and numbers keep their digits. */
@Path("/profiles/me")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MyProfileResource {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private final ProfileRequest request;

    MyProfileResource(ProfileRequest request) {
        this.request = request;
    }

    @GET
    @HeldUntilAdmitted
    public Response get(@Context Request conditions) {
        Profile profile = request.own();
        return ConditionalResponse.of(
                conditions, new EntityVersion(profile.version()).toTag(), () -> ProfileBody.of(profile));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(byte[] body) {
        return answer(request.write(body, ProfileEdits.replace(JsonBody.object(body))));
    }

    @PATCH
    @Consumes(MERGE_PATCH)
    public Response patch(byte[] body) {
        return answer(request.write(body, ProfileEdits.merge(JsonBody.object(body))));
    }

    private static Response answer(ProfileRequest.Answer answer) {
        return answer.with(ProfileBody.of(answer.profile()));
    }
}

package dev.drover.profile.profiles;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.platform.http.EntityVersion;

/** The preferences by themselves. Their version is the profile's, so that a write to either is seen by a writer of the other. */
@Path("/profiles/me/preferences")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {

    private final ProfileRequest request;

    PreferencesResource(ProfileRequest request) {
        this.request = request;
    }

    @GET
    public Response get(@Context Request conditions) {
        Profile profile = request.own();
        return ConditionalResponse.of(conditions, new EntityVersion(profile.version()).toTag(), () -> body(profile));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(byte[] body) {
        ProfileRequest.Answer answer = request.write(body, ProfileEdits.replacePreferences(JsonBody.object(body)));
        return answer.with(body(answer.profile()));
    }

    /** Stored as JSON, sent as it is. */
    private static String body(Profile profile) {
        return profile.content().preferences().json();
    }
}

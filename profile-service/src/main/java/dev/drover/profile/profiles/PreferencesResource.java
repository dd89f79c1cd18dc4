package dev.drover.profile.profiles;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.problem.Problems;
import dev.drover.profile.ConditionalResponse;
import dev.drover.profile.JsonBody;

/** The preferences by themselves. Their version is the profile's, so that a write to either is seen by a writer of the other. */
@Path("/profiles/me/preferences")
@Tag(name = "profiles")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {

    private final ProfileRequest request;

    PreferencesResource(ProfileRequest request) {
        this.request = request;
    }

    @GET
    @Operation(operationId = "showMyPreferences", summary = "Show the preferences of the caller")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "The preferences",
            content = @Content(schema = @Schema(ref = "Preferences")),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = @Header(name = "ETag", ref = "ETag"))
    @HeldUntilAdmitted
    public Response get(@Context Request conditions) {
        Profile profile = request.own();
        return ConditionalResponse.of(conditions, new EntityVersion(profile.version()).toTag(), () -> body(profile));
    }

    @PUT
    @HeldUntilAdmitted(writes = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replaceMyPreferences", summary = "Replace the preferences of the caller")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER)
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "Preferences")))
    @APIResponse(
            responseCode = "200",
            description = "The preferences as they stand now",
            content = @Content(schema = @Schema(ref = "Preferences")),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems("profile_busy")
    public Response put(byte[] body) {
        ProfileRequest.Answer answer = request.write(body, ProfileEdits.replacePreferences(JsonBody.object(body)));
        return answer.with(body(answer.profile()));
    }

    /** Stored as JSON, sent as it is. */
    private static String body(Profile profile) {
        return profile.content().preferences().json();
    }
}

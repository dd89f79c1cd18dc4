package dev.drover.profile.profiles;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
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

/** The caller's own profile. Bodies are taken as bytes: the digest of a repeat is of what was sent, and numbers keep their digits. */
@Path("/profiles/me")
@Tag(name = "profiles")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MyProfileResource {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private final ProfileRequest request;
    private final AvatarUrls avatars;

    MyProfileResource(ProfileRequest request, AvatarUrls avatars) {
        this.request = request;
        this.avatars = avatars;
    }

    @GET
    @HeldUntilAdmitted
    @Operation(operationId = "showMyProfile", summary = "Show the profile of the caller")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "The profile",
            content = @Content(schema = @Schema(implementation = ProfileBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = @Header(name = "ETag", ref = "ETag"))
    @NonBlocking
    public Uni<Response> get(@Context Request conditions) {
        return request.ownAsync()
                .map(profile -> ConditionalResponse.of(
                        conditions,
                        new EntityVersion(profile.version()).toTag(),
                        () -> ProfileBody.of(profile, avatars)));
    }

    @PUT
    @RunOnVirtualThread
    @HeldUntilAdmitted(writes = true)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replaceMyProfile", summary = "Replace the profile of the caller")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER)
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "ProfileReplacement")))
    @APIResponse(
            responseCode = "200",
            description = "The profile as it stands now",
            content = @Content(schema = @Schema(implementation = ProfileBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"handle_taken", "avatar_unusable", "handle_changes_exhausted", "profile_busy"})
    public Response put(byte[] body) {
        return answer(request.write(body, ProfileEdits.replace(JsonBody.object(body))));
    }

    @PATCH
    @RunOnVirtualThread
    @HeldUntilAdmitted(writes = true)
    @Consumes(MERGE_PATCH)
    @Operation(operationId = "changeMyProfile", summary = "Change members of the profile of the caller")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER)
    @RequestBody(required = true, content = @Content(mediaType = MERGE_PATCH, schema = @Schema(ref = "ProfilePatch")))
    @APIResponse(
            responseCode = "200",
            description = "The profile as it stands now",
            content = @Content(schema = @Schema(implementation = ProfileBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"handle_taken", "avatar_unusable", "handle_changes_exhausted", "profile_busy"})
    public Response patch(byte[] body) {
        return answer(request.write(body, ProfileEdits.merge(JsonBody.object(body))));
    }

    private Response answer(ProfileRequest.Answer answer) {
        return answer.with(ProfileBody.of(answer.profile(), avatars));
    }
}

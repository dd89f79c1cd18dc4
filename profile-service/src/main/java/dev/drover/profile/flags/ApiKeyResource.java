package dev.drover.profile.flags;

import jakarta.annotation.security.RolesAllowed;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.ProfileError;

/** {@code /ofrep/v1/keys}: the keys by which programs evaluate flags. */
@Path("/ofrep/v1/keys")
@Tag(name = "flags")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeyResource {

    private static final String CREATE = "POST /ofrep/v1/keys";

    private final ApiKeys keys;
    private final Ids ids;
    private final CurrentCaller caller;

    ApiKeyResource(ApiKeys keys, Ids ids, CurrentCaller caller) {
        this.keys = keys;
        this.ids = ids;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "List the API keys")
    @APIResponse(
            responseCode = "200",
            description = "All of them, without their secrets",
            content = @Content(schema = @Schema(implementation = ApiKeyBody.Page.class)))
    public ApiKeyBody.Page list() {
        return new ApiKeyBody.Page(
                keys.all().stream().map(entry -> ApiKeyBody.of(entry, null)).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createApiKey", summary = "Create an API key that evaluates flags and does nothing else")
    @APIResponse(
            responseCode = "201",
            description = "The key; nobody can be told it again",
            content = @Content(schema = @Schema(implementation = ApiKeyBody.class)),
            headers = {
                @Header(name = "Location", ref = "Location"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems("too_many_api_keys")
    public Response create(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, @Valid @NotNull ApiKeyBody.New body) {
        String by = caller.get().sub();
        String id = ids.create(by, CREATE, IdempotencyKey.fromHeader(idempotencyKey));
        ApiKeys.Created created = keys.create(id, body.name(), by)
                .orElseThrow(() -> new ServiceException(ProfileError.TOO_MANY_API_KEYS, "Delete those nobody uses."));
        return Response.status(Response.Status.CREATED)
                .header("Location", "/ofrep/v1/keys/" + id)
                .header("Cache-Control", "no-store")
                .entity(ApiKeyBody.of(created.entry(), created.key().text()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteApiKey", summary = "Delete an API key; it counts no more from the next request on")
    @APIResponse(responseCode = "204", description = "It is deleted")
    @Problems("not_found")
    public void delete(@PathParam("id") String id) {
        if (!keys.delete(id)) {
            throw new ServiceException(PlatformError.NOT_FOUND, "There is no such key.");
        }
    }
}

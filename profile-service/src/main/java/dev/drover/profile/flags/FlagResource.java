package dev.drover.profile.flags;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.flags.FlagDocument;
import dev.drover.platform.flags.StoredFlag;
import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.ConditionalResponse;
import dev.drover.profile.JsonBody;
import dev.drover.profile.ProfileError;

/** {@code /flags}: what admins do with flags. A flag that was never written is at version 0. */
@Path("/flags")
@Tag(name = "flags")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FlagResource {

    private static final int WHY_MAX = 500;
    private static final String WHY = "Why, 1 to 500 characters; for the history";

    private final FlagAdmin flags;
    private final CurrentCaller caller;

    FlagResource(FlagAdmin flags, CurrentCaller caller) {
        this.flags = flags;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listFlags", summary = "List all flags")
    @APIResponse(
            responseCode = "200",
            description = "All of them, by their keys",
            content = @Content(schema = @Schema(implementation = FlagListBody.class)))
    public FlagListBody list() {
        return new FlagListBody(flags.all().entrySet().stream()
                .map(flag -> FlagBody.of(flag.getKey(), flag.getValue()))
                .toList());
    }

    @GET
    @Path("/{key}")
    @Operation(operationId = "showFlag", summary = "Show a flag")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "The flag",
            content = @Content(schema = @Schema(implementation = FlagBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems("flag_not_found")
    public Response get(@PathParam("key") String key, @Context Request conditions) {
        StoredFlag flag = flags.find(key).orElseThrow(FlagResource::notFound);
        return ConditionalResponse.of(
                conditions, new EntityVersion(flag.version()).toTag(), () -> FlagBody.of(key, flag));
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putFlag",
            summary = "Create or replace a flag",
            description =
                    "With `If-Match: \"0\"` only if there is none. Every instance has the change within a second.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "FlagDocument")))
    @APIResponse(
            responseCode = "200",
            description = "The flag as it stands now",
            content = @Content(schema = @Schema(implementation = FlagBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "201",
            description = "There was none",
            content = @Content(schema = @Schema(implementation = FlagBody.class)),
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Location", ref = "Location")})
    @Problems({
        "malformed_json",
        "unknown_field",
        "validation_failed",
        "precondition_failed",
        "precondition_required",
        "too_many_flags",
        "flag_busy"
    })
    public Response put(
            @PathParam("key") String key,
            @QueryParam("why") @Parameter(required = true, description = WHY) String why,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            byte[] body) {
        return answer(key, flags.put(wellFormed(key), expected(ifMatch), JsonBody.object(body), by(why)));
    }

    @PUT
    @Path("/{key}/enabled")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "switchFlag",
            summary = "Throw the kill switch of a flag, or put it back",
            description = "Needs no `If-Match`: it works whatever others change at the same time.")
    @APIResponse(
            responseCode = "200",
            description = "The flag as it stands now",
            content = @Content(schema = @Schema(implementation = FlagBody.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"flag_not_found", "flag_busy"})
    public Response enable(
            @PathParam("key") String key,
            @QueryParam("why") @Parameter(required = true, description = WHY) String why,
            @Valid @NotNull EnabledBody body) {
        return answer(key, flags.enable(key, body.enabled(), by(why)));
    }

    @DELETE
    @Path("/{key}")
    @Operation(operationId = "deleteFlag", summary = "Delete a flag", description = "Its history stays for 90 days.")
    @APIResponse(responseCode = "204", description = "It is deleted")
    @Problems({"flag_not_found", "validation_failed", "precondition_failed", "precondition_required", "flag_busy"})
    public Response delete(
            @PathParam("key") String key,
            @QueryParam("why") @Parameter(required = true, description = WHY) String why,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return answer(key, flags.delete(key, expected(ifMatch), by(why)));
    }

    @GET
    @Path("/{key}/history")
    @Operation(operationId = "listFlagChanges", summary = "List the changes of a flag, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Who changed what, when and why; empty when nothing is known of such a flag",
            content = @Content(schema = @Schema(implementation = HistoryBody.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response history(
            @PathParam("key") String key,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") String cursor) {
        if (cursor != null && !cursor.matches("\\d{1,15}-\\d{1,10}")) {
            throw ServiceException.invalid("cursor", "must be the cursor of an earlier answer");
        }
        List<FlagStore.Change> found = flags.history(wellFormed(key), Optional.ofNullable(cursor), limit + 1);
        List<FlagStore.Change> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? page.getLast().place() : null;
        Response.ResponseBuilder response =
                Response.ok(new HistoryBody(page.stream().map(ChangeBody::of).toList(), next));
        if (next != null) {
            response.header(
                    "Link", "</flags/" + key + "/history?limit=" + limit + "&cursor=" + next + ">; rel=\"next\"");
        }
        return response.build();
    }

    private static Response answer(String key, FlagAdmin.Result result) {
        return switch (result) {
            case FlagAdmin.Result.Done(StoredFlag flag, boolean created) ->
                (created
                                ? Response.status(Response.Status.CREATED).header(HttpHeaders.LOCATION, "/flags/" + key)
                                : Response.ok())
                        .entity(FlagBody.of(key, flag))
                        .tag(new EntityVersion(flag.version()).toTag())
                        .build();
            case FlagAdmin.Result.Deleted deleted -> Response.noContent().build();
            case FlagAdmin.Result.Refused(var unknown, var violations) ->
                throw ServiceException.unfit(unknown, violations);
            case FlagAdmin.Result.Stale(long version) ->
                throw new ServiceException(
                        PlatformError.PRECONDITION_FAILED,
                        version == 0
                                ? "There is no such flag; create it with If-Match: \"0\"."
                                : "It is at version " + version + " now; read it and apply the change to that.");
            case FlagAdmin.Result.Missing missing -> throw notFound();
            case FlagAdmin.Result.Full full ->
                throw new ServiceException(ProfileError.TOO_MANY_FLAGS, "Delete those nobody asks for any more.");
            case FlagAdmin.Result.Busy busy ->
                throw new ServiceException(ProfileError.FLAG_BUSY, "Try again.", java.time.Duration.ofSeconds(1));
        };
    }

    private FlagAdmin.By by(String why) {
        if (why == null || why.isBlank() || why.length() > WHY_MAX) {
            throw ServiceException.invalid("why", "must be 1 to " + WHY_MAX + " characters");
        }
        return new FlagAdmin.By(caller.get().sub(), why.strip());
    }

    private static OptionalLong expected(String ifMatch) {
        return EntityVersion.required(ifMatch).stream()
                .mapToLong(EntityVersion::number)
                .findFirst();
    }

    private static String wellFormed(String key) {
        if (!FlagDocument.KEY.matcher(key).matches()) {
            throw ServiceException.invalid(
                    "key", "must be 1 to 100 of A-Z a-z 0-9 . _ -, beginning with none of the last");
        }
        return key;
    }

    private static ServiceException notFound() {
        return new ServiceException(ProfileError.FLAG_NOT_FOUND, "GET /flags lists those there are.");
    }
}

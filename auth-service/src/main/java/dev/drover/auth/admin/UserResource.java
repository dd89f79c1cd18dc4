package dev.drover.auth.admin;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import jakarta.annotation.Nullable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.AuthError;
import dev.drover.auth.account.Account;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.DisplayName;
import dev.drover.auth.admin.UserStore.Change;
import dev.drover.auth.admin.UserStore.Position;
import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /auth/users}: accounts as admins see and change them. */
@Path("/auth/users")
@Tag(name = "users")
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UserResource {

    /** Of the directory: an address and an account. */
    private static final Pattern ENTRY = Pattern.compile("\\S+ usr_[0-9a-z]{26}");

    private final Users users;
    private final CurrentCaller caller;

    UserResource(Users users, CurrentCaller caller) {
        this.users = users;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listUsers",
            summary = "List accounts by e-mail address",
            description = "Who has just signed up is found by email at once and in the list a moment later.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = PageView.class)),
            headers = {@Header(name = "Link", ref = "Link"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    public Response list(
            @QueryParam("email") @Size(max = 254) @Schema(description = "Exactly this address") String email,
            @QueryParam("emailPrefix")
                    @DefaultValue("")
                    @Size(max = 254)
                    @Schema(description = "Addresses that begin so")
                    String emailPrefix,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("cursor") @Size(max = 512) String cursor,
            @Context UriInfo uri) {
        if (email != null && !emailPrefix.isEmpty()) {
            throw ServiceException.invalid("emailPrefix", "or email, not both");
        }
        if (email != null) {
            return unstored(new PageView(
                            users.withEmail(email).stream().map(UserView::of).toList(), null))
                    .build();
        }
        String prefix = emailPrefix.strip().toLowerCase(Locale.ROOT);
        Users.Listing listing =
                users.list(prefix, limit, Optional.ofNullable(cursor).map(text -> position(text, prefix)));
        String next = listing.next().map(UserResource::encoded).orElse(null);
        Response.ResponseBuilder answer = unstored(
                new PageView(listing.accounts().stream().map(UserView::of).toList(), next));
        if (next != null) {
            String query = uri.getRequestUriBuilder()
                    .replaceQueryParam("cursor", next)
                    .build()
                    .getRawQuery();
            answer.header(HttpHeaders.LINK, "</auth/users?" + query + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "showUser", summary = "Show an account")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content = @Content(schema = @Schema(implementation = UserView.class)),
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    @Problems("not_found")
    public Response show(@PathParam("id") String id) {
        Account account = users.find(parse(id)).orElseThrow(UserResource::notFound);
        return unstored(UserView.of(account))
                .tag(new EntityVersion(account.version()).toTag())
                .build();
    }

    @POST
    @Path("/{id}/lock")
    @Operation(
            operationId = "lockUser",
            summary = "Keep an account from logging in",
            description = "Its sessions end with the answer.")
    @APIResponse(responseCode = "204", description = "It is locked, or was before")
    @Problems({"not_found", "own_account"})
    public void lock(@PathParam("id") String id) {
        require(users.lock(another(id), caller.get().sub()));
    }

    @POST
    @Path("/{id}/unlock")
    @Operation(operationId = "unlockUser", summary = "Let an account log in again")
    @APIResponse(responseCode = "204", description = "It is not locked, or was not before")
    @Problems("not_found")
    public void unlock(@PathParam("id") String id) {
        require(users.unlock(parse(id), caller.get().sub()));
    }

    @POST
    @Path("/{id}/revoke")
    @Operation(operationId = "revokeUser", summary = "End all sessions of an account")
    @APIResponse(responseCode = "204", description = "It has none any more")
    @Problems("not_found")
    public void revoke(@PathParam("id") String id) {
        if (!users.revoke(parse(id), caller.get().sub())) {
            throw notFound();
        }
    }

    @PUT
    @Path("/{id}/roles")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setRoles",
            summary = "Give an account roles",
            description =
                    "admin, worker (a program that leases jobs over HTTP logs in with such an account), and user, which every "
                            + "account is. Where they differ from before, its sessions end.")
    @APIResponse(responseCode = "204", description = "It has exactly these")
    @Problems({"not_found", "own_account"})
    public void setRoles(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull @Valid RolesBody body) {
        Optional<EntityVersion> expected = EntityVersion.required(ifMatch);
        require(users.setRoles(another(id), body.given(), expected, caller.get().sub()));
    }

    /** Nobody locks themselves out: so whoever is the last admin stays one. */
    private AccountId another(String id) {
        AccountId account = parse(id);
        if (account.value().equals(caller.get().sub())) {
            throw new ServiceException(AuthError.OWN_ACCOUNT, "Ask another admin.");
        }
        return account;
    }

    private static AccountId parse(String id) {
        try {
            return new AccountId(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static void require(Change change) {
        switch (change) {
            case CHANGED, UNCHANGED -> {}
            case ABSENT -> throw notFound();
            case MOVED ->
                throw new ServiceException(
                        PlatformError.PRECONDITION_FAILED, "It was changed meanwhile; read it and decide again.");
        }
    }

    private static ServiceException notFound() {
        return new ServiceException(PlatformError.NOT_FOUND, "There is no such account.");
    }

    private static Response.ResponseBuilder unstored(Object entity) {
        return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static String encoded(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.value().getBytes(StandardCharsets.UTF_8));
    }

    private static Position position(String cursor, String prefix) {
        try {
            String value = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            Position position = new Position(value);
            if (value.startsWith(prefix)
                    && ENTRY.matcher(value).matches()
                    && encoded(position).equals(cursor)) {
                return position;
            }
        } catch (IllegalArgumentException e) {
            // no base 64: no cursor either
        }
        throw ServiceException.invalid("cursor", "must be the cursor of an earlier answer to the same question");
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UserPage")
    public record PageView(
            List<UserView> items,

            @Schema(description = "For the next page; none on the last") @Nullable
            String nextCursor) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "User")
    public record UserView(
            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String id,

            @Schema(format = "email", examples = "ada@example.org")
            String email,

            @Schema(examples = "Ada") @Nullable String displayName,
            boolean emailVerified,
            Set<String> roles,

            @Schema(description = "When an admin locked it; absent when it may log in") @Nullable
            Instant lockedAt,

            Instant createdAt) {

        static UserView of(Account account) {
            return new UserView(
                    account.id().value(),
                    account.email().value(),
                    account.displayName().map(DisplayName::value).orElse(null),
                    account.emailVerified(),
                    new TreeSet<>(account.roles()),
                    account.lockedAt().orElse(null),
                    account.createdAt());
        }
    }
}

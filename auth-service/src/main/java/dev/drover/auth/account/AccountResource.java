package dev.drover.auth.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.AuthError;
import dev.drover.auth.password.Password;
import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RequestLimits;
import dev.drover.platform.ratelimit.RouteClass;

/** {@code POST /auth/signup} and {@code GET /auth/me}. */
@Path("/auth")
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

    private static final String SIGN_UP = "POST /auth/signup";
    private static final String NOT_STORED = "no-store";

    private final Accounts accounts;
    private final Ids ids;
    private final CurrentCaller caller;
    private final RequestLimits limits;

    AccountResource(Accounts accounts, Ids ids, CurrentCaller caller, RequestLimits limits) {
        this.accounts = accounts;
        this.ids = ids;
        this.caller = caller;
        this.limits = limits;
    }

    @POST
    @Path("/signup")
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(operationId = "signUp", summary = "Create an account")
    @APIResponse(
            responseCode = "201",
            description = "The account",
            content = @Content(schema = @Schema(implementation = AccountView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems("email_taken")
    @RateLimited(value = RouteClass.SIGNUP, then = RouteClass.SIGNUP_NETWORK)
    public Response signUp(@NotNull SignUpBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        SignUp request = body.toSignUp();
        limits.chargeNetwork(RouteClass.SIGNUP_NETWORK);
        // Before there is an account, the address stands for the caller: two people may choose the same key.
        AccountId id = new AccountId(AccountId.PREFIX
                + ids.create(request.email().value(), SIGN_UP, IdempotencyKey.fromHeader(idempotencyKey)));
        return switch (accounts.signUp(request, id)) {
            case SignUpResult.Created created -> created(created.account()).build();
            case SignUpResult.Repeated repeated ->
                created(repeated.account())
                        .header(IdempotencyKey.REPLAYED, true)
                        .build();
            case SignUpResult.EmailTaken taken ->
                throw new ServiceException(AuthError.EMAIL_TAKEN, "Log in, or sign up with another address.");
            case SignUpResult.KeyReused reused ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED, "Send another key with another request.");
        };
    }

    @GET
    @Path("/me")
    @HeldUntilAdmitted
    @Authenticated
    @Operation(operationId = "showMe", summary = "Show who the caller is")
    @APIResponse(
            responseCode = "200",
            description = "The account, with roles and session of the caller",
            content = @Content(schema = @Schema(implementation = MeView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @NonBlocking
    public Uni<Response> me() {
        Uni<Caller> proved = caller.proved();
        return accounts.faceOfCaller(new AccountId(caller.sub()))
                .flatMap(account -> proved.map(known -> MeView.of(account, known)))
                .map(view -> Response.ok(view)
                        .header(HttpHeaders.CACHE_CONTROL, NOT_STORED)
                        .build());
    }

    private static Response.ResponseBuilder created(Account account) {
        return Response.status(Response.Status.CREATED)
                .entity(AccountView.of(account))
                .header(HttpHeaders.CACHE_CONTROL, NOT_STORED);
    }

    @RegisterForReflection
    @Schema(
            name = "SignUp",
            requiredProperties = {"email", "password"})
    public record SignUpBody(
            @Schema(format = "email", maxLength = 254, examples = "ada@example.org")
            String email,

            @Schema(
                    format = "password",
                    minLength = Password.CHARACTERS_MIN,
                    maxLength = Password.CHARACTERS_MAX,
                    examples = "counts sheep at night")
            String password,

            @Schema(maxLength = DisplayName.CHARACTERS_MAX, examples = "Ada")
            String displayName)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return Stream.of(
                            EmailAddress.fault(email).map(message -> new Violation("/email", message)),
                            Password.fault(password).map(message -> new Violation("/password", message)),
                            Optional.ofNullable(displayName)
                                    .flatMap(DisplayName::fault)
                                    .map(message -> new Violation("/displayName", message)))
                    .flatMap(Optional::stream)
                    .toList();
        }

        SignUp toSignUp() {
            return new SignUp(
                    EmailAddress.parse(email).orElseThrow(),
                    Password.presented(password),
                    Optional.ofNullable(displayName).map(DisplayName::new));
        }

        @Override
        public String toString() {
            return "SignUpBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "Account")
    public record AccountView(
            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String id,

            @Schema(format = "email", examples = "ada@example.org")
            String email,

            @Schema(examples = "Ada") @Nullable String displayName,
            boolean emailVerified,
            Instant createdAt) {

        static AccountView of(Account account) {
            return new AccountView(
                    account.id().value(),
                    account.email().value(),
                    account.displayName().map(DisplayName::value).orElse(null),
                    account.emailVerified(),
                    account.createdAt());
        }
    }

    @RegisterForReflection
    @Schema(name = "Me")
    public record MeView(
            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String id,

            @Schema(format = "email", examples = "ada@example.org")
            String email,

            @Schema(examples = "Ada") @Nullable String displayName,
            boolean emailVerified,
            Set<String> roles,

            @Schema(examples = "ses_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String sessionId) {

        static MeView of(AccountFace account, Caller caller) {
            return new MeView(
                    account.id().value(),
                    account.email(),
                    account.displayName().orElse(null),
                    account.emailVerified(),
                    caller.roles(),
                    caller.sid());
        }
    }
}

package dev.drover.auth.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.auth.AuthError;
import dev.drover.auth.password.Password;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;

/** {@code POST /auth/signup} and {@code GET /auth/me}. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AccountResource {

    private static final String SIGN_UP = "POST /auth/signup";
    private static final String NOT_STORED = "no-store";

    private final Accounts accounts;
    private final Ids ids;
    private final CurrentCaller caller;

    AccountResource(Accounts accounts, Ids ids, CurrentCaller caller) {
        this.accounts = accounts;
        this.ids = ids;
        this.caller = caller;
    }

    @POST
    @Path("/signup")
    public Response signUp(@NotNull SignUpBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        SignUp request = body.validated();
        // Before there is an account, the address stands for the caller: two people may choose the same key.
        AccountId id = new AccountId(AccountId.PREFIX
                + ids.create(request.email().value(), SIGN_UP, IdempotencyKey.fromHeader(idempotencyKey)));
        return switch (accounts.signUp(request, id)) {
            case SignUpResult.Created created -> created(created.account()).build();
            case SignUpResult.Repeated repeated ->
                created(repeated.account()).header("Idempotency-Replayed", true).build();
            case SignUpResult.EmailTaken taken ->
                throw new ServiceException(AuthError.EMAIL_TAKEN, "Log in, or sign up with another address.");
            case SignUpResult.KeyReused reused ->
                throw new ServiceException(
                        PlatformError.IDEMPOTENCY_KEY_REUSED, "Send another key with another request.");
        };
    }

    @GET
    @Path("/me")
    @Authenticated
    public Response me() {
        Caller known = caller.get();
        Account account = accounts.find(new AccountId(known.sub()))
                .orElseThrow(() -> new ServiceException(PlatformError.SESSION_REVOKED, "Its account is gone."));
        return Response.ok(MeView.of(account, known))
                .header(HttpHeaders.CACHE_CONTROL, NOT_STORED)
                .build();
    }

    private static Response.ResponseBuilder created(Account account) {
        return Response.status(Response.Status.CREATED)
                .entity(AccountView.of(account))
                .header(HttpHeaders.CACHE_CONTROL, NOT_STORED);
    }

    public record SignUpBody(String email, String password, String displayName) {

        SignUp validated() {
            List<Violation> violations = Stream.of(
                            EmailAddress.fault(email).map(message -> new Violation("/email", message)),
                            Password.fault(password).map(message -> new Violation("/password", message)),
                            Optional.ofNullable(displayName)
                                    .flatMap(DisplayName::fault)
                                    .map(message -> new Violation("/displayName", message)))
                    .flatMap(Optional::stream)
                    .toList();
            if (!violations.isEmpty()) {
                throw ServiceException.invalid(violations);
            }
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

    public record AccountView(String id, String email, String displayName, boolean emailVerified, Instant createdAt) {

        static AccountView of(Account account) {
            return new AccountView(
                    account.id().value(),
                    account.email().value(),
                    account.displayName().map(DisplayName::value).orElse(null),
                    account.emailVerified(),
                    account.createdAt());
        }
    }

    public record MeView(
            String id, String email, String displayName, boolean emailVerified, Set<String> roles, String sessionId) {

        static MeView of(Account account, Caller caller) {
            return new MeView(
                    account.id().value(),
                    account.email().value(),
                    account.displayName().map(DisplayName::value).orElse(null),
                    account.emailVerified(),
                    caller.roles(),
                    caller.sid());
        }
    }
}

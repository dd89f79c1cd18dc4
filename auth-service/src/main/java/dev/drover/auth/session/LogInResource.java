package dev.drover.auth.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

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
import dev.drover.auth.account.Accounts;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.admin.RoleGrants;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.device.SeenDevices;
import dev.drover.auth.lockout.Lockout;
import dev.drover.auth.mfa.Proof;
import dev.drover.auth.mfa.SecondFactor;
import dev.drover.auth.mfa.TotpResource;
import dev.drover.auth.password.Password;
import dev.drover.auth.session.NewSession.Owner;
import dev.drover.auth.session.Sessions.Opened;
import dev.drover.auth.session.Sessions.Refreshed;
import dev.drover.auth.token.AccessTokens;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RequestLimits;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.platform.ratelimit.Subject;

/** {@code POST /auth/login} and {@code POST /auth/refresh}: where tokens come from. */
@Path("/auth")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LogInResource {

    static final String LOG_IN = "POST /auth/login";
    static final String REFRESH = "POST /auth/refresh";

    private static final AuditEvent FAILED =
            AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "password");

    private static final AuditEvent REFUSED =
            AuditEvent.of(AuditKind.LOGIN_FAILED).with("reason", "account_locked");

    private final Accounts accounts;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final SessionCookie cookie;
    private final SessionConfig config;
    private final RequestLimits limits;
    private final AuditLog audit;
    private final RoleGrants grants;
    private final Lockout lockout;
    private final OriginOfRequest origin;
    private final SeenDevices devices;

    LogInResource(
            Accounts accounts,
            SecondFactor secondFactor,
            Sessions sessions,
            AccessTokens tokens,
            SessionCookie cookie,
            SessionConfig config,
            RequestLimits limits,
            AuditLog audit,
            Lockout lockout,
            OriginOfRequest origin,
            SeenDevices devices,
            RoleGrants grants) {
        this.accounts = accounts;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = cookie;
        this.config = config;
        this.limits = limits;
        this.audit = audit;
        this.grants = grants;
        this.lockout = lockout;
        this.origin = origin;
        this.devices = devices;
    }

    @POST
    @Path("/login")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "logIn", summary = "Open a session")
    @APIResponse(
            responseCode = "200",
            description = "Tokens of the new session, and its cookie",
            content = @Content(schema = @Schema(implementation = TokensView.class)),
            headers = {
                @Header(name = "Set-Cookie", ref = "Set-Cookie"),
                @Header(name = "Cache-Control", ref = "Cache-Control")
            })
    @Problems({"credentials_invalid", "totp_required", "totp_invalid", "totp_paused", "account_locked"})
    @RateLimited(value = RouteClass.LOGIN, then = RouteClass.LOGIN_ACCOUNT)
    public Response logIn(@NotNull @Valid LogInBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        Optional<IdempotencyKey> key = IdempotencyKey.fromHeader(idempotencyKey);
        // What is no address has no account to protect.
        EmailAddress.parse(body.email())
                .ifPresent(email -> limits.charge(RouteClass.LOGIN_ACCOUNT, Subject.account(email.value())));
        Account account = authenticate(body);
        TotpResource.require(secondFactor.check(
                account.id().value(),
                Proof.of(body.totp(), body.recoveryCode()),
                TotpResource.intention(account.id().value(), LOG_IN, key)));
        if (account.lockedAt().isPresent()) {
            audit.append(REFUSED.about(account.id().value()));
            throw new ServiceException(AuthError.ACCOUNT_LOCKED, "Ask an admin.");
        }
        Owner owner =
                new Owner(account.id().value(), account.email().value(), grants.of(account), account.sessionEpoch());
        SessionOrigin from = origin.get();
        devices.logIn(owner.sub(), owner.email(), from.device(), from.address());
        Opened opened = sessions.open(owner, from, key).orElseThrow(() -> overtaken(owner));
        Response.ResponseBuilder answer = withTokens(owner.sub(), owner.roles(), opened.refreshToken())
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie.issue(
                                opened.id().value(),
                                owner.sub(),
                                opened.cookie().value(),
                                config.lifetime()));
        return opened.isRepeated()
                ? answer.header(IdempotencyKey.REPLAYED, true).build()
                : answer.build();
    }

    private Account authenticate(LogInBody body) {
        String subject =
                EmailAddress.parse(body.email()).map(EmailAddress::value).orElse("no address");
        Lockout.Guess guess = new Lockout.Guess(subject, origin.network(), Optional.of(FAILED));
        return switch (lockout.attempt(
                guess, () -> accounts.authenticate(body.email(), Password.presented(body.password())))) {
            case Lockout.Outcome.Proven<Account>(Account account) -> account;
            case Lockout.Outcome.Refused<Account> refused -> throw refused();
        };
    }

    /** The cookie is left as it is: it lives its own life, and other tabs are using it. */
    @POST
    @Path("/refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "refreshTokens",
            summary = "Trade a refresh token for its successor",
            description =
                    "For ten seconds the same token gives the same successor; after that its use revokes the session.")
    @APIResponse(
            responseCode = "200",
            description = "The next tokens of the session; its cookie stays as it is",
            content = @Content(schema = @Schema(implementation = TokensView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems({"refresh_expired", "refresh_reused"})
    public Response refresh(@NotNull @Valid RefreshBody body) {
        RefreshToken presented = RefreshToken.parse(body.refreshToken()).orElseThrow(LogInResource::expired);
        if (origin.isGone()) {
            // Held up before it was read, it would be traded for nobody, or be taken for a replay of its own repeat.
            throw heldUp();
        }
        return switch (sessions.refresh(presented)) {
            case Refreshed.Renewed renewed ->
                withTokens(renewed.sub(), renewed.roles(), renewed.refreshToken())
                        .build();
            case Refreshed.Reused reused ->
                throw new ServiceException(
                        AuthError.REFRESH_REUSED, "Log in again; if it was not you, change your password.");
            case Refreshed.Expired expired -> throw expired();
            case Refreshed.Late late -> throw heldUp();
        };
    }

    private Response.ResponseBuilder withTokens(String sub, Set<String> roles, RefreshToken refreshToken) {
        String sid = refreshToken.session().value();
        TokensView view = new TokensView(
                tokens.sign(sub, sid, roles), "Bearer", tokens.lifetime().toSeconds(), refreshToken.toWire(), sid);
        return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** The password was changed, or all sessions were ended, since it was proved. */
    private ServiceException overtaken(Owner owner) {
        audit.append(FAILED.about(owner.sub()));
        return refused();
    }

    private static ServiceException refused() {
        return new ServiceException(AuthError.CREDENTIALS_INVALID, "Check both and try again.");
    }

    private static ServiceException heldUp() {
        return new ServiceException(
                PlatformError.OVERLOADED, "The request was held up; send it again.", Duration.ofSeconds(1));
    }

    private static ServiceException expired() {
        return new ServiceException(AuthError.REFRESH_EXPIRED, "Log in again.");
    }

    @RegisterForReflection
    @Schema(name = "LogIn")
    public record LogInBody(
            @NotBlank @Size(max = 508) @Schema(examples = "ada@example.org")
            String email,

            @NotBlank @Size(max = 1024) @Schema(format = "password", examples = "counts sheep at night")
            String password,

            @Size(max = 16) @Schema(description = "A code of the authenticator app", examples = "492039") @Nullable
            String totp,

            @Size(max = 64) @Schema(description = "In place of a code of the app") @Nullable
            String recoveryCode) {

        @Override
        public String toString() {
            return "LogInBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "RefreshRequest")
    public record RefreshBody(@NotBlank @Size(max = 256) String refreshToken) {

        @Override
        public String toString() {
            return "RefreshBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "Tokens")
    public record TokensView(
            @Schema(description = "A JWT, signed with ES256")
            String accessToken,

            @Schema(enumeration = "Bearer") String tokenType,

            @Schema(description = "Seconds", examples = "600")
            long expiresIn,

            String refreshToken,

            @Schema(examples = "ses_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String sessionId) {

        @Override
        public String toString() {
            return "TokensView[sessionId=" + sessionId + ", ***]";
        }
    }
}

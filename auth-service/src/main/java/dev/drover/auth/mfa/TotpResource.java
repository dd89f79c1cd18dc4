package dev.drover.auth.mfa;

import java.util.List;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import dev.drover.auth.account.Accounts;
import dev.drover.auth.lockout.Lockout;
import dev.drover.auth.mfa.MfaStore.Enrolment;
import dev.drover.auth.mfa.SecondFactor.Check;
import dev.drover.auth.mfa.SecondFactor.Confirmed;
import dev.drover.auth.password.Password;
import dev.drover.auth.session.OriginOfRequest;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RequestLimits;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.platform.ratelimit.Subject;

/** {@code /auth/mfa/totp}: the caller's own second factor. */
@Path("/auth/mfa/totp")
@Tag(name = "second factor")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TotpResource {

    private static final String CONFIRM = "POST /auth/mfa/totp/confirm";
    private static final String RENEW = "POST /auth/mfa/totp/recovery-codes";
    private static final String DISABLE = "POST /auth/mfa/totp/disable";

    private final SecondFactor factor;
    private final Accounts accounts;
    private final CurrentCaller caller;
    private final RequestLimits limits;
    private final Lockout lockout;
    private final OriginOfRequest origin;
    private final MfaConfig config;

    TotpResource(
            SecondFactor factor,
            Accounts accounts,
            CurrentCaller caller,
            RequestLimits limits,
            Lockout lockout,
            OriginOfRequest origin,
            MfaConfig config) {
        this.factor = factor;
        this.accounts = accounts;
        this.caller = caller;
        this.limits = limits;
        this.lockout = lockout;
        this.origin = origin;
        this.config = config;
    }

    @GET
    @Operation(operationId = "showTotp", summary = "Show whether the account has a second factor")
    @APIResponse(
            responseCode = "200",
            description = "Its state",
            content = @Content(schema = @Schema(implementation = StateView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    public Response show() {
        Optional<Enrolment> known = factor.find(caller.get().sub());
        String state = known.map(one -> one.isActive() ? "active" : "pending").orElse("off");
        return unstored(new StateView(state, known.map(Enrolment::recoveryCodes).orElse(0)));
    }

    @POST
    @Operation(
            operationId = "enrolTotp",
            summary = "Begin to set up an authenticator app",
            description = "Nothing changes for log-ins until the app's first code is confirmed.")
    @APIResponse(
            responseCode = "200",
            description = "The secret, once",
            content = @Content(schema = @Schema(implementation = EnrolmentView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems("totp_active")
    public Response enrol() {
        Account account = account();
        TotpSecret secret = factor.enrol(account.id().value()).orElseThrow(TotpResource::active);
        String uri = secret.uri(config.issuer(), account.email().value());
        return unstored(new EnrolmentView(secret.base32(), uri, QrCode.svg(uri)));
    }

    @POST
    @Path("/confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "confirmTotp", summary = "Ask for the app's codes from now on")
    @APIResponse(
            responseCode = "200",
            description = "Ten recovery codes, shown this once",
            content = @Content(schema = @Schema(implementation = RecoveryView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems({"totp_active", "totp_not_enrolled", "totp_invalid"})
    @RateLimited(RouteClass.LOGIN)
    public Response confirm(@NotNull @Valid CodeBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        String sub = caller.get().sub();
        Optional<String> request = intention(sub, CONFIRM, IdempotencyKey.fromHeader(idempotencyKey));
        return switch (factor.confirm(sub, body.code(), request)) {
            case Confirmed.Now(List<RecoveryCode> codes) ->
                unstored(new RecoveryView(
                        codes.stream().map(RecoveryCode::grouped).toList()));
            case Confirmed.Already already -> throw active();
            case Confirmed.WrongCode wrong -> throw wrong();
            case Confirmed.NothingToConfirm nothing -> throw notEnrolled();
        };
    }

    @POST
    @Path("/recovery-codes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "renewRecoveryCodes",
            summary = "Make new recovery codes, for whoever has lost theirs",
            description = "Takes a code of the app. All earlier recovery codes end, and a mail tells the owner.")
    @APIResponse(
            responseCode = "200",
            description = "Ten recovery codes, shown this once",
            content = @Content(schema = @Schema(implementation = RecoveryView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @Problems({"totp_not_enrolled", "totp_invalid", "totp_paused"})
    @RateLimited(RouteClass.LOGIN)
    public Response renew(@NotNull @Valid CodeBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        String sub = caller.get().sub();
        require(factor.check(
                sub, Proof.of(body.code(), null), intention(sub, RENEW, IdempotencyKey.fromHeader(idempotencyKey))));
        List<RecoveryCode> codes = factor.renew(account()).orElseThrow(TotpResource::notEnrolled);
        return unstored(
                new RecoveryView(codes.stream().map(RecoveryCode::grouped).toList()));
    }

    @POST
    @Path("/disable")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "disableTotp",
            summary = "Give up the second factor",
            description =
                    "Takes the password, and a code of the app or a recovery code. A mail tells the owner. Who has none yet, or "
                            + "none any more, shows the password only.")
    @APIResponse(responseCode = "204", description = "There is no second factor, or was none")
    @Problems({"credentials_invalid", "totp_required", "totp_invalid", "totp_paused"})
    @RateLimited(value = RouteClass.LOGIN, then = RouteClass.LOGIN_ACCOUNT)
    public void disable(
            @NotNull @Valid DisableTotpBody body, @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        String sub = caller.get().sub();
        Account account = requirePassword(body.password());
        // After the password, so that a wrong one spends no code.
        Optional<Proof> proof = Proof.of(body.totp(), body.recoveryCode());
        require(factor.check(sub, proof, intention(sub, DISABLE, IdempotencyKey.fromHeader(idempotencyKey))));
        factor.disable(account);
    }

    private Account requirePassword(String password) {
        String email = account().email().value();
        limits.charge(RouteClass.LOGIN_ACCOUNT, Subject.account(email));
        // A stolen session is no better place to guess from than the log-in.
        Lockout.Outcome<Account> outcome = lockout.attempt(
                new Lockout.Guess(email, origin.network()),
                () -> accounts.authenticate(email, Password.presented(password)));
        return switch (outcome) {
            case Lockout.Outcome.Proven<Account> proven -> proven.proof();
            case Lockout.Outcome.Refused<Account> refused ->
                throw new ServiceException(AuthError.CREDENTIALS_INVALID, "Check it and try again.");
        };
    }

    /** Ends the request unless the check was passed. */
    public static void require(Check check) {
        switch (check) {
            case Check.Passed passed -> {}
            case Check.Required required ->
                throw new ServiceException(AuthError.TOTP_REQUIRED, "Send totp or recoveryCode too.");
            case Check.Wrong(Proof.Code code) -> throw wrong();
            case Check.Wrong(Proof.Recovery code) ->
                throw new ServiceException(
                        AuthError.TOTP_INVALID, "Each recovery code is good once: send one that was not used.");
            case Check.Paused paused ->
                throw new ServiceException(AuthError.TOTP_PAUSED, "Wait before the next code.", paused.remaining());
        }
    }

    /** Names a request that can be repeated, as a session's id does. */
    public static Optional<String> intention(String sub, String route, Optional<IdempotencyKey> key) {
        return key.map(given -> Ids.derive(sub, route, given.value()));
    }

    private Account account() {
        return accounts.ofCaller(new AccountId(caller.get().sub()));
    }

    private static Response unstored(Object entity) {
        return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static ServiceException notEnrolled() {
        return new ServiceException(AuthError.TOTP_NOT_ENROLLED, "Begin with POST /auth/mfa/totp.");
    }

    private static ServiceException active() {
        return new ServiceException(AuthError.TOTP_ACTIVE, "Disable it first.");
    }

    private static ServiceException wrong() {
        return new ServiceException(
                AuthError.TOTP_INVALID, "Each code is good once: wait for the next one the app shows.");
    }

    @RegisterForReflection
    @Schema(name = "TotpCode")
    public record CodeBody(
            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits") @Schema(examples = "492039")
            String code) {
        @Override
        public String toString() {
            return "CodeBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "TotpState")
    public record StateView(
            @Schema(enumeration = {"off", "pending", "active"})
            String state,

            int recoveryCodesLeft) {}

    @RegisterForReflection
    @Schema(name = "TotpEnrolment")
    public record EnrolmentView(
            @Schema(description = "Base 32, for typing") String secret,
            String otpauthUri,

            @Schema(description = "The same as a picture (QR code), a whole SVG document")
            String qrSvg) {
        @Override
        public String toString() {
            return "EnrolmentView[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "RecoveryCodes")
    public record RecoveryView(
            @Schema(examples = "[\"x3k9-0mwe-72hd-qv5t\"]") List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryView[***]";
        }
    }
}

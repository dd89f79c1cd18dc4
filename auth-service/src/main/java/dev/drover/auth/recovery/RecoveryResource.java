package dev.drover.auth.recovery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.AuthError;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.password.Password;
import dev.drover.auth.recovery.Recovery.Asker;
import dev.drover.auth.recovery.Recovery.Changed;
import dev.drover.auth.session.OriginOfRequest;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;

/** {@code /auth/verify-email} and {@code /auth/password}: what is proved by mail, and other passwords. */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RecoveryResource {

    private final Recovery recovery;
    private final CurrentCaller caller;
    private final OriginOfRequest origin;

    RecoveryResource(Recovery recovery, CurrentCaller caller, OriginOfRequest origin) {
        this.recovery = recovery;
        this.caller = caller;
        this.origin = origin;
    }

    @POST
    @Path("/verify-email")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(name = "accounts")
    @Operation(operationId = "verifyEmail", summary = "Confirm an e-mail address by the token that was mailed to it")
    @APIResponse(responseCode = "204", description = "The address is verified")
    @Problems("link_invalid")
    @RateLimited(RouteClass.LOGIN)
    public void verifyEmail(@NotNull @Valid TokenBody body, @HeaderParam(IdempotencyKey.HEADER) String key) {
        MailToken.parse(MailToken.Kind.VERIFICATION, body.token())
                .filter(token -> recovery.verify(token, IdempotencyKey.fromHeader(key)))
                .orElseThrow(RecoveryResource::linkInvalid);
    }

    @POST
    @Path("/verify-email/resend")
    @Tag(name = "accounts")
    @Authenticated
    @Operation(operationId = "resendVerification", summary = "Have the mail that verifies the address sent again")
    @APIResponse(responseCode = "202", description = "It is on its way, unless one was sent within the last minute")
    @Problems("email_verified")
    @RateLimited(RouteClass.MAIL)
    public Response resend(@HeaderParam(IdempotencyKey.HEADER) String key) {
        if (!recovery.resend(new AccountId(caller.get().sub()), IdempotencyKey.fromHeader(key))) {
            throw new ServiceException(AuthError.EMAIL_VERIFIED, "There is nothing left to do.");
        }
        return Response.accepted().build();
    }

    @POST
    @Path("/password/forgot")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(name = "passwords")
    @Operation(
            operationId = "forgotPassword",
            summary = "Have a link mailed that sets a new password",
            description = "The answer is the same whether the address has an account or not.")
    @APIResponse(
            responseCode = "202",
            description =
                    "If the address has an account, a mail is on its way, unless one was sent within the last minute")
    @RateLimited(RouteClass.MAIL)
    public Response forgot(@NotNull ForgotBody body, @HeaderParam(IdempotencyKey.HEADER) String key) {
        recovery.forgot(body.toAddress(), IdempotencyKey.fromHeader(key));
        return Response.accepted().build();
    }

    @POST
    @Path("/password/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(name = "passwords")
    @Operation(
            operationId = "resetPassword",
            summary = "Set a new password by the token that was mailed; all sessions end",
            description = "The address counts as verified then: the token came by it.")
    @APIResponse(responseCode = "204", description = "The password is set and every session has ended")
    @Problems("link_invalid")
    @RateLimited(RouteClass.LOGIN)
    public void reset(@NotNull ResetBody body, @HeaderParam(IdempotencyKey.HEADER) String key) {
        Password chosen = body.chosen();
        MailToken.parse(MailToken.Kind.RESET, body.token())
                .filter(token -> recovery.reset(token, chosen, IdempotencyKey.fromHeader(key)))
                .orElseThrow(RecoveryResource::linkInvalid);
    }

    @POST
    @Path("/password/change")
    @Consumes(MediaType.APPLICATION_JSON)
    @Tag(name = "passwords")
    @Authenticated
    @Operation(operationId = "changePassword", summary = "Change one's password; all other sessions end")
    @APIResponse(responseCode = "204", description = "The password is changed and every other session has ended")
    @Problems({"password_wrong", "password_changed_meanwhile"})
    public void change(@NotNull ChangeBody body, @HeaderParam(IdempotencyKey.HEADER) String key) {
        Password chosen = body.chosen();
        Caller known = caller.get();
        switch (recovery.change(
                new AccountId(known.sub()),
                Password.presented(body.currentPassword()),
                chosen,
                new Asker(known.sid(), origin.network()),
                IdempotencyKey.fromHeader(key))) {
            case Changed.Done done -> {}
            case Changed.WrongPassword wrong ->
                throw new ServiceException(AuthError.PASSWORD_WRONG, "Check it and try again.");
            case Changed.Overtaken overtaken ->
                throw new ServiceException(AuthError.PASSWORD_CHANGED_MEANWHILE, "Log in again.");
        }
    }

    private static ServiceException linkInvalid() {
        return new ServiceException(AuthError.LINK_INVALID, "Ask for another mail.");
    }

    @SafeVarargs
    private static List<Violation> violations(Optional<Violation>... faults) {
        return Stream.of(faults).flatMap(Optional::stream).toList();
    }

    private static Optional<Violation> violation(String pointer, Optional<String> fault) {
        return fault.map(message -> new Violation(pointer, message));
    }

    private static Optional<String> required(String text, int charactersMax) {
        return text == null || text.isBlank() || text.length() > charactersMax
                ? Optional.of("is required, at most " + charactersMax + " characters")
                : Optional.empty();
    }

    @RegisterForReflection
    @Schema(name = "MailToken")
    public record TokenBody(@NotBlank @Size(max = 256) String token) {

        @Override
        public String toString() {
            return "TokenBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(name = "ForgotPassword", requiredProperties = "email")
    public record ForgotBody(
            @Schema(format = "email", maxLength = 254, examples = "ada@example.org")
            String email) implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return RecoveryResource.violations(violation("/email", EmailAddress.fault(email)));
        }

        EmailAddress toAddress() {
            return EmailAddress.parse(email).orElseThrow();
        }

        @Override
        public String toString() {
            return "ForgotBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(
            name = "ResetPassword",
            requiredProperties = {"token", "password"})
    public record ResetBody(
            @Schema(maxLength = 256) String token,

            @Schema(
                    format = "password",
                    minLength = Password.CHARACTERS_MIN,
                    maxLength = Password.CHARACTERS_MAX,
                    examples = "counts goats at night")
            String password)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return RecoveryResource.violations(
                    violation("/token", required(token, 256)), violation("/password", Password.fault(password)));
        }

        Password chosen() {
            return Password.presented(password);
        }

        @Override
        public String toString() {
            return "ResetBody[***]";
        }
    }

    @RegisterForReflection
    @Schema(
            name = "ChangePassword",
            requiredProperties = {"currentPassword", "newPassword"})
    public record ChangeBody(
            @Schema(format = "password", maxLength = 1024, examples = "counts sheep at night")
            String currentPassword,

            @Schema(
                    format = "password",
                    minLength = Password.CHARACTERS_MIN,
                    maxLength = Password.CHARACTERS_MAX,
                    examples = "counts goats at night")
            String newPassword)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            // A password may be all blanks.
            boolean isGiven = currentPassword != null && !currentPassword.isEmpty() && currentPassword.length() <= 1024;
            return RecoveryResource.violations(
                    violation(
                            "/currentPassword",
                            isGiven ? Optional.empty() : Optional.of("is required, at most 1024 characters")),
                    violation("/newPassword", Password.fault(newPassword)));
        }

        Password chosen() {
            return Password.presented(newPassword);
        }

        @Override
        public String toString() {
            return "ChangeBody[***]";
        }
    }
}

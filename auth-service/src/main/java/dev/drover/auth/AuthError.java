package dev.drover.auth;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** The errors only auth-service answers with. */
public enum AuthError implements ErrorCode {
    EMAIL_TAKEN(ErrorKind.CONFLICT, "The e-mail address has an account"),
    CREDENTIALS_INVALID(ErrorKind.UNAUTHENTICATED, "The e-mail address or the password is wrong"),
    PASSWORD_WRONG(ErrorKind.FORBIDDEN, "The current password is wrong"),
    PASSWORD_CHANGED_MEANWHILE(ErrorKind.CONFLICT, "The password or the sessions were changed by another request"),
    LINK_INVALID(ErrorKind.GONE, "The link was used, has expired, or was replaced by a later one"),
    EMAIL_VERIFIED(ErrorKind.CONFLICT, "The e-mail address is verified"),
    SESSION_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such open session"),
    REFRESH_EXPIRED(ErrorKind.UNAUTHENTICATED, "The refresh token is unknown or has expired"),
    REFRESH_REUSED(ErrorKind.UNAUTHENTICATED, "The refresh token was used before; its session is revoked"),
    ACCOUNT_LOCKED(ErrorKind.FORBIDDEN, "An admin has locked the account"),
    OWN_ACCOUNT(ErrorKind.CONFLICT, "Admins do not do this to their own account"),
    TOTP_REQUIRED(ErrorKind.UNAUTHENTICATED, "The account asks for a second factor"),
    TOTP_INVALID(ErrorKind.UNAUTHENTICATED, "The code is wrong or was used before"),
    TOTP_PAUSED(ErrorKind.TOO_MANY_REQUESTS, "There were too many wrong codes"),
    TOTP_ACTIVE(ErrorKind.CONFLICT, "The account has a second factor"),
    TOTP_NOT_ENROLLED(ErrorKind.CONFLICT, "There is no secret to confirm");

    private final ErrorKind kind;
    private final String title;

    AuthError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}

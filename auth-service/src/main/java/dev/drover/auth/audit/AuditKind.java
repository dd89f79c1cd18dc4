package dev.drover.auth.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened. Words are never renamed or reused: they are in entries that stay. */
public enum AuditKind {
    SIGNUP,
    EMAIL_VERIFIED,
    LOGIN,
    LOGIN_FAILED,
    /** An account or an address has to wait after too many failures. */
    LOCKED_OUT,
    LOGOUT,
    /** One session was ended by its owner. */
    SESSION_REVOKED,
    /** All of them were, by their owner or an admin. */
    SESSIONS_REVOKED,
    REFRESH_REUSED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    TOTP_ENABLED,
    TOTP_DISABLED,
    RECOVERY_CODE_USED,
    RECOVERY_CODES_RENEWED,
    ROLES_CHANGED,
    ACCOUNT_LOCKED,
    ACCOUNT_UNLOCKED,
    KEY_ROTATED,
    ERASED;

    /** As it stands in entries and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AuditKind> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}

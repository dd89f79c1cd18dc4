package dev.drover.auth.lockout;

import java.util.Locale;

import dev.drover.auth.lockout.LockoutStore.Subject;
import dev.drover.platform.idempotency.Ids;

/** A slot for each subject. Its name has a hash of the subject: addresses are not to be read off key names. */
final class LockoutKeys {

    private LockoutKeys() {}

    /** Whose entries {@link dev.drover.auth.audit.AuditLog#carry} takes to the log. */
    static String owner(Subject subject) {
        String kind = subject.kind().name().toLowerCase(Locale.ROOT);
        return "lockout:" + kind + ":" + Ids.derive("lockout", subject.value());
    }

    /** A hash of {@code failures}, {@code lockedUntil}. */
    static String attempts(Subject subject) {
        return "drover:{" + owner(subject) + "}:attempts";
    }

    /** A sorted set of attempts that are being judged, by when they count no more, in milliseconds. */
    static String pending(Subject subject) {
        return "drover:{" + owner(subject) + "}:pending";
    }
}

package dev.drover.auth.lockout;

import java.time.Duration;
import java.util.Optional;

import dev.drover.auth.audit.OwedEntry;

/** Who has guessed how often. Every method is one atomic step; times are Redis's own, so all instances agree. */
interface LockoutStore {

    /** Whether nothing of this subject can succeed at the moment; changes nothing. */
    boolean isLocked(Subject subject);

    /**
     * Before an attempt is judged. Until {@link #fail}, {@link #forgive} or {@link #clear} says what came of it, it counts as if it had failed, so
     * that many at once are no way around the count; when nobody does, because an instance died, for {@link LockoutPolicy#judging}.
     */
    Standing begin(Subject subject, String attempt, LockoutPolicy policy);

    /** Counts a failure and leaves its entries in the same step. */
    Verdict fail(Subject subject, Failure failure, LockoutPolicy policy);

    /** Takes back an attempt that could not be judged; the failures before it stay. */
    void forgive(Subject subject, String attempt);

    /** Forgets everything about a subject but what it still owes to the audit log. */
    void clear(Subject subject);

    /** Who guesses, or is guessed at. {@code toString} shows the kind only. */
    record Subject(Kind kind, String value) {

        enum Kind {
            ACCOUNT,
            ADDRESS
        }

        static Subject account(String email) {
            return new Subject(Kind.ACCOUNT, email);
        }

        static Subject address(String network) {
            return new Subject(Kind.ADDRESS, network);
        }

        @Override
        public String toString() {
            return kind.name();
        }
    }

    /**
     * @param attempt what it was begun as; empty when it was not
     * @param lock    the entry of the lock, should one begin
     * @param entry   of the failure itself
     */
    record Failure(Optional<String> attempt, OwedEntry lock, Optional<OwedEntry> entry) {}

    /** Either way: whether somebody left entries that are not in the audit log yet. */
    sealed interface Standing {

        boolean owesEntries();

        /** The attempt is judged. */
        record Judged(boolean owesEntries) implements Standing {}

        /** It cannot succeed. */
        record Locked(Duration remaining, boolean owesEntries) implements Standing {}
    }

    /**
     * @param failures how many there were
     * @param locks    the next ones are not judged for a while
     */
    record Verdict(int failures, boolean locks, boolean owesEntries) {}
}

package dev.drover.auth.lockout;

import java.time.Duration;

/** Who has guessed how often. Every method is one atomic step; times are Redis's own, so all instances agree. */
interface LockoutStore {

    /** Whether nothing of this subject can succeed at the moment; changes nothing. */
    boolean isLocked(Subject subject);

    /** Counts an attempt. Before it is judged, so that many at once are no way around the count, or after it has failed. */
    Verdict count(Subject subject, LockoutPolicy policy);

    /** Takes back an attempt that was not judged, and what it locked; the failures before it stay. */
    void forgive(Subject subject, Verdict verdict);

    /** Forgets everything about a subject. */
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

    sealed interface Verdict {

        /** It is judged. */
        record Open(int failures) implements Verdict {}

        /** It is judged; unless it succeeds, the next ones are not for a while. */
        record Locking(int failures) implements Verdict {}

        /** It cannot succeed. */
        record Locked(Duration remaining) implements Verdict {}
    }
}

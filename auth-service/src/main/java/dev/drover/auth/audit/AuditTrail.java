package dev.drover.auth.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what {@link AuditLog} wrote. */
interface AuditTrail {

    /**
     * Entries that match, newest first. It reads a bounded number of entries, so a page may hold fewer than asked for, even none, and have a
     * next one all the same.
     */
    Page page(Filter filter, int limit, Optional<Position> after);

    /**
     * Walks the whole log from its anchor to its head as it was when the walk began, and looks whether the entries that were its newest
     * once, to whoever asks and to this instance, still are in it: the chain itself cannot tell that its end was cut.
     */
    Verification verify(Optional<Noted> noted);

    /** An entry that somebody noted: the last one of an earlier verification. */
    record Noted(long sequence, String hash) {}

    /** @param from inclusive, @param to exclusive; to the millisecond */
    record Filter(Optional<String> account, Optional<AuditKind> kind, Optional<Instant> from, Optional<Instant> to) {

        boolean matches(AuditEvent event) {
            return (account.isEmpty() || account.equals(event.account()))
                    && (kind.isEmpty() || kind.get() == event.kind());
        }
    }

    /** Of an entry: {@code <milliseconds>-<sequence>}. */
    record Position(String value) {
        public Position {
            if (!value.matches("\\d{1,15}-\\d{1,15}")) {
                throw new IllegalArgumentException("not a position in the audit log");
            }
        }
    }

    record Page(List<AuditEntry> entries, Optional<Position> next) {}

    sealed interface Verification {

        /** Every entry is as it was written and none is missing. */
        record Intact(long entries, long lastSequence, String head) implements Verification {}

        record Broken(long sequence, Fault fault) implements Verification {}
    }

    /** What is wrong with an entry. */
    enum Fault {
        /** It is not there, or not in its place. */
        MISSING,
        /** It is not what its hash says. */
        CHANGED,
        /** It was not written by this service. */
        FORGED
    }
}

package dev.drover.lab.prove.audit;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;
import dev.drover.lab.prove.ledger.Ledger;

/** What the ledger says of sessions at its end. */
final class SessionBook {
    /** Access tokens live for ten minutes; one that may be over proves nothing. */
    static final long TOKEN_MILLIS = 9 * 60_000;

    private final Map<String, Held> live = new HashMap<>();
    private final Map<String, Held> revoked = new HashMap<>();
    /** Whose end, or whose refresh token, nobody knows. */
    private final Set<String> doubtful = new HashSet<>();

    /** @param refreshes how often its refresh token was traded */
    record Held(
            long sequence,
            String session,
            String access,
            String cookie,
            String refresh,
            String oldestRefresh,
            int refreshes,
            long accessSince,
            long lastAt) {

        Held refreshed(Entry entry) {
            return new Held(
                    sequence,
                    session,
                    entry.what().getString("access"),
                    cookie,
                    entry.what().getString("refresh"),
                    oldestRefresh,
                    refreshes + 1,
                    entry.atMillis(),
                    entry.atMillis());
        }

        boolean hasFreshAccess(long now) {
            return now - accessSince < TOKEN_MILLIS;
        }
    }

    static SessionBook of(Ledger ledger) {
        SessionBook book = new SessionBook();
        ledger.read(EnumSet.of(Kind.SESSION_OPENED, Kind.SESSION_REFRESHED, Kind.SESSION_REVOKED), book::enter);
        book.doubtful.forEach(book.live::remove);
        return book;
    }

    Map<String, Held> live() {
        return live;
    }

    Map<String, Held> revoked() {
        return revoked;
    }

    private void enter(Entry entry) {
        String session = entry.what().getString("session");
        if (session == null) {
            return;
        }
        switch (entry.kind()) {
            case SESSION_OPENED -> live.put(session, opened(entry));
            case SESSION_REFRESHED -> {
                if (entry.isAcknowledged()) {
                    live.computeIfPresent(session, (id, held) -> held.refreshed(entry));
                } else {
                    doubtful.add(session);
                }
            }
            case SESSION_REVOKED -> {
                Held held = live.remove(session);
                if (entry.isAcknowledged() && held != null) {
                    revoked.put(session, held);
                }
            }
            default -> throw new IllegalStateException("not asked for: " + entry.kind());
        }
    }

    private static Held opened(Entry entry) {
        return new Held(
                entry.sequence(),
                entry.what().getString("session"),
                entry.what().getString("access"),
                entry.what().getString("cookie"),
                entry.what().getString("refresh"),
                entry.what().getString("refresh"),
                0,
                entry.atMillis(),
                entry.atMillis());
    }
}

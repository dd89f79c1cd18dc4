package dev.drover.auth.session;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.errand.Errand;

/** Revokes the sessions that were marked to end. */
@Singleton
final class ClosingErrand implements Errand {

    private final SessionList list;
    private final SessionStore store;
    private final Clock clock;

    ClosingErrand(SessionList list, SessionStore store, Clock clock) {
        this.list = list;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Set<String> carryOut(List<String> accounts) {
        accounts.forEach(this::finish);
        return Set.of();
    }

    void finish(String account) {
        Map<SessionId, String> closing = list.closing(account);
        closing.forEach((session, because) -> store.revokeAhead(session, clock.instant(), because));
        list.closed(account, List.copyOf(closing.keySet()));
    }
}

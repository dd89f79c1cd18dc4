package dev.drover.auth.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.session.NewSession.Owner;
import dev.drover.auth.token.KeyedSecrets;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;

/** Opening, refreshing and closing sessions. */
@Singleton
final class Sessions {

    private final SessionStore store;
    private final SessionList list;
    private final AuditLog audit;
    private final KeyedSecrets keyed;
    private final Ids ids;
    private final Clock clock;
    private final RedisTime time;

    Sessions(
            SessionStore store,
            SessionList list,
            AuditLog audit,
            KeyedSecrets keyed,
            Ids ids,
            Clock clock,
            RedisTime time) {
        this.store = store;
        this.list = list;
        this.audit = audit;
        this.keyed = keyed;
        this.ids = ids;
        this.clock = clock;
        this.time = time;
    }

    /** A session just opened, or the one an earlier try of the same log-in opened. */
    record Opened(SessionId id, Secret cookie, RefreshToken refreshToken, boolean isRepeated) {}

    sealed interface Refreshed {
        record Renewed(String sub, Set<String> roles, RefreshToken refreshToken) implements Refreshed {}

        record Reused() implements Refreshed {}

        record Expired() implements Refreshed {}

        /** The request was held up for so long that nothing was done about it. */
        record Late() implements Refreshed {}
    }

    /**
     * The owner has proved who they are; with the same key they get the same session, whichever instance answers. Empty when their
     * password was changed, or all their sessions were ended, since they proved it.
     */
    Optional<Opened> open(Owner owner, SessionOrigin origin, Optional<IdempotencyKey> key) {
        if (key.isPresent()) {
            SessionId id = new SessionId(SessionId.PREFIX + ids.create(owner.sub(), LogInResource.LOG_IN, key));
            if (!enlist(owner, id)) {
                return Optional.empty();
            }
            audit.appendOnce("login:" + id.value(), logIn(owner, id));
            Optional<Opened> opened = openRepeatable(owner, origin, id);
            if (opened.isPresent()) {
                return opened;
            }
        }
        return openFresh(owner, origin);
    }

    /** In the list first: what ends all sessions must not miss one that is just being opened. */
    private boolean enlist(Owner owner, SessionId id) {
        return switch (list.enlist(owner.sub(), owner.epoch(), id)) {
            case SessionList.Enlistment.Enlisted(List<SessionId> surplus) -> {
                surplus.forEach(oldest -> store.revokeAhead(oldest, clock.instant(), "too_many_sessions"));
                list.strikeOff(owner.sub(), surplus);
                yield true;
            }
            case SessionList.Enlistment.Stale stale -> false;
        };
    }

    private Optional<Opened> openFresh(Owner owner, SessionOrigin origin) {
        SessionId id = new SessionId(SessionId.PREFIX + ids.random());
        if (!enlist(owner, id)) {
            return Optional.empty();
        }
        audit.appendAhead(logIn(owner, id));
        SessionSecrets secrets = SessionSecrets.random();
        return switch (store.open(new NewSession(id, owner, origin, secrets, clock.instant()))) {
            case OpenResult.Opened opened -> Optional.of(opened(id, secrets, false));
            // It was ended between the two steps, with all others.
            case OpenResult.Revoked revoked -> Optional.empty();
            case OpenResult.Present present -> throw new IllegalStateException("a random session id was taken: " + id);
        };
    }

    /** Empty when the key names a session that cannot be given again: it was revoked, or the signing key has changed since. */
    private Optional<Opened> openRepeatable(Owner owner, SessionOrigin origin, SessionId id) {
        SessionSecrets candidate = SessionSecrets.repeatable(id, ids.random(), keyed::derive);
        return switch (store.open(new NewSession(id, owner, origin, candidate, clock.instant()))) {
            case OpenResult.Opened opened -> Optional.of(opened(id, candidate, false));
            case OpenResult.Revoked revoked -> Optional.empty();
            case OpenResult.Present present -> {
                SessionSecrets first = SessionSecrets.repeatable(id, present.nonce(), keyed::derive);
                yield first.cookie().hash().equals(present.cookieHash())
                        ? Optional.of(opened(id, first, true))
                        : Optional.empty();
            }
        };
    }

    /** Written before the session is there: none is open without its entry. */
    private static AuditEvent logIn(Owner owner, SessionId id) {
        return AuditEvent.of(AuditKind.LOGIN).about(owner.sub()).in(id.value());
    }

    private static Opened opened(SessionId id, SessionSecrets secrets, boolean isRepeated) {
        return new Opened(id, secrets.cookie(), secrets.refreshToken(id), isRepeated);
    }

    Refreshed refresh(RefreshToken presented) {
        long askedAtMillis = time.nowMillis();
        String salt = ids.random();
        return switch (store.rotate(presented, salt, clock.instant(), askedAtMillis)) {
            case Rotation.Rotated rotated ->
                new Refreshed.Renewed(rotated.sub(), rotated.roles(), presented.successor(salt));
            case Rotation.RepeatedInGrace repeated ->
                new Refreshed.Renewed(repeated.sub(), repeated.roles(), presented.successor(repeated.salt()));
            case Rotation.Reused reused -> {
                audit.carry(presented.session().value());
                yield new Refreshed.Reused();
            }
            case Rotation.Expired expired -> new Refreshed.Expired();
            case Rotation.Late late -> {
                time.forget();
                yield new Refreshed.Late();
            }
        };
    }

    void close(String account, SessionId session) {
        audit.appendOnce("ended:" + session.value(), ended(AuditKind.LOGOUT, account, session));
        store.revoke(session, clock.instant());
        list.strikeOff(account, List.of(session));
    }

    /** Ends it if it is a session of the account. */
    SessionStore.Ending closeOf(String account, SessionId session) {
        if (!store.live(account, List.of(session)).isEmpty()) {
            audit.appendOnce("ended:" + session.value(), ended(AuditKind.SESSION_REVOKED, account, session));
        }
        SessionStore.Ending ending = store.revokeOf(account, session, clock.instant());
        list.strikeOff(account, List.of(session));
        return ending;
    }

    private static AuditEvent ended(AuditKind kind, String account, SessionId session) {
        return AuditEvent.of(kind).about(account).in(session.value());
    }

    /** Those that are open, newest first. The list may name more: what has ended leaves it when its time would have been over. */
    List<OpenSession> of(String account) {
        return store.live(account, list.of(account));
    }
}

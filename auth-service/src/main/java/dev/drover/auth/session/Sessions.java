package dev.drover.auth.session;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.session.NewSession.Owner;
import dev.drover.auth.token.KeyedSecrets;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;

/** Opening, refreshing and closing sessions. */
@Singleton
final class Sessions {

    private final SessionStore store;
    private final KeyedSecrets keyed;
    private final Ids ids;
    private final Clock clock;

    Sessions(SessionStore store, KeyedSecrets keyed, Ids ids, Clock clock) {
        this.store = store;
        this.keyed = keyed;
        this.ids = ids;
        this.clock = clock;
    }

    /** A session just opened, or the one an earlier try of the same log-in opened. */
    record Opened(SessionId id, Secret cookie, RefreshToken refreshToken, boolean isRepeated) {}

    sealed interface Refreshed {
        record Renewed(String sub, Set<String> roles, RefreshToken refreshToken) implements Refreshed {}

        record Reused() implements Refreshed {}

        record Expired() implements Refreshed {}
    }

    /** The owner has proved who they are; with the same key they get the same session, whichever instance answers. */
    Opened open(Owner owner, Optional<IdempotencyKey> key) {
        return key.flatMap(given -> openRepeatable(owner, given)).orElseGet(() -> openFresh(owner));
    }

    private Opened openFresh(Owner owner) {
        SessionId id = new SessionId(SessionId.PREFIX + ids.random());
        SessionSecrets secrets = SessionSecrets.random();
        OpenResult result = store.open(new NewSession(id, owner, secrets, clock.instant()));
        if (!(result instanceof OpenResult.Opened)) {
            throw new IllegalStateException("a random session id was taken: " + result);
        }
        return opened(id, secrets, false);
    }

    /** Empty when the key names a session that cannot be given again: it was revoked, or the signing key has changed since. */
    private Optional<Opened> openRepeatable(Owner owner, IdempotencyKey key) {
        SessionId id =
                new SessionId(SessionId.PREFIX + ids.create(owner.sub(), LogInResource.LOG_IN, Optional.of(key)));
        SessionSecrets candidate = SessionSecrets.repeatable(id, ids.random(), keyed::derive);
        return switch (store.open(new NewSession(id, owner, candidate, clock.instant()))) {
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

    private static Opened opened(SessionId id, SessionSecrets secrets, boolean isRepeated) {
        return new Opened(id, secrets.cookie(), secrets.refreshToken(id), isRepeated);
    }

    Refreshed refresh(RefreshToken presented) {
        String salt = ids.random();
        return switch (store.rotate(presented, salt, clock.instant())) {
            case Rotation.Rotated rotated ->
                new Refreshed.Renewed(rotated.sub(), rotated.roles(), presented.successor(salt));
            case Rotation.RepeatedInGrace repeated ->
                new Refreshed.Renewed(repeated.sub(), repeated.roles(), presented.successor(repeated.salt()));
            case Rotation.Reused reused -> new Refreshed.Reused();
            case Rotation.Expired expired -> new Refreshed.Expired();
        };
    }

    void close(SessionId session) {
        store.revoke(session, clock.instant());
    }
}

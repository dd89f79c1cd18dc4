package dev.drover.auth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.token.AccessTokens;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** Each step is one script in the slot of the session; how old anything is, Redis's own clock says. */
@Singleton
final class RedisSessionStore implements SessionStore {

    private final RedisScript openSession = RedisScript.load("open_session");
    private final RedisScript rotateRefresh = RedisScript.load("rotate_refresh");
    private final RedisScript revokeSession = RedisScript.load("revoke_session");
    private final RedisCalls redis;
    private final AuditLog audit;
    private final SessionPolicy policy;

    @Inject
    RedisSessionStore(RedisCalls redis, AuditLog audit, SessionConfig config, AccessTokens tokens) {
        this(redis, audit, SessionPolicy.of(config, tokens.lifetime()));
    }

    RedisSessionStore(RedisCalls redis, AuditLog audit, SessionPolicy policy) {
        this.redis = redis;
        this.audit = audit;
        this.policy = policy;
    }

    @Override
    public OpenResult open(NewSession session) {
        SessionSecrets secrets = session.secrets();
        Response outcome = redis.run(
                openSession,
                List.of(SessionKeys.session(session.id().value()), RefreshKeys.refresh(session.id())),
                List.of(
                        session.owner().sub(),
                        session.owner().email(),
                        String.join(",", session.owner().roles()),
                        session.createdAt().toString(),
                        secrets.nonce(),
                        secrets.cookie().hash(),
                        secrets.family().hash(),
                        secrets.refresh().hash(),
                        millis(policy.lifetime()),
                        millis(policy.maxLifetime()),
                        session.origin().device(),
                        session.origin().address()));
        return switch (outcome.get(0).toString()) {
            case "opened" -> new OpenResult.Opened();
            case "present" ->
                new OpenResult.Present(outcome.get(1).toString(), outcome.get(2).toString());
            case "revoked" -> new OpenResult.Revoked();
            default -> throw new IllegalStateException("open_session answered " + outcome);
        };
    }

    @Override
    public Rotation rotate(RefreshToken presented, String salt, Instant now, long askedAtMillis) {
        SessionId session = presented.session();
        String hash = presented.secret().hash();
        OwedEntry replay = audit.entry(AuditEvent.of(AuditKind.REFRESH_REUSED).in(session.value()));
        Response outcome = redis.run(
                rotateRefresh,
                List.of(
                        SessionKeys.session(session.value()),
                        RefreshKeys.refresh(session),
                        RefreshKeys.grace(session, hash),
                        AuditKeys.of(session.value())),
                List.of(
                        presented.family().hash(),
                        hash,
                        presented.successor(salt).secret().hash(),
                        salt,
                        now.toString(),
                        millis(policy.grace()),
                        millis(policy.lifetime()),
                        millis(policy.tombstone()),
                        Long.toString(askedAtMillis),
                        millis(policy.refreshWithin()),
                        replay.id(),
                        replay.content(),
                        replay.seal(),
                        millis(AuditLog.CARRIED_WITHIN),
                        SessionKeys.REVOKED,
                        session.value()));
        return switch (outcome.get(0).toString()) {
            case "rotated" -> new Rotation.Rotated(outcome.get(1).toString(), roles(outcome.get(2)));
            case "repeated" ->
                new Rotation.RepeatedInGrace(
                        outcome.get(1).toString(),
                        roles(outcome.get(2)),
                        outcome.get(3).toString());
            case "reused" -> new Rotation.Reused();
            case "expired" -> new Rotation.Expired();
            case "late" -> new Rotation.Late();
            default -> throw new IllegalStateException("rotate_refresh answered " + outcome);
        };
    }

    @Override
    public void revoke(SessionId session, Instant now) {
        revoke(session, now, "logout", "", false);
    }

    @Override
    public Ending revokeOf(String account, SessionId session, Instant now) {
        return switch (revoke(session, now, "logout", account, false)) {
            case "revoked" -> Ending.NOW;
            case "already" -> Ending.BEFORE;
            case "absent" -> Ending.UNKNOWN;
            case String other -> throw new IllegalStateException("revoke_session answered " + other);
        };
    }

    @Override
    public void revokeAhead(SessionId session, Instant now, String because) {
        revoke(session, now, because, "", true);
    }

    private String revoke(SessionId session, Instant now, String because, String account, boolean ahead) {
        return redis.run(
                        revokeSession,
                        List.of(SessionKeys.session(session.value()), RefreshKeys.refresh(session)),
                        List.of(
                                now.toString(),
                                millis(policy.tombstone()),
                                because,
                                account,
                                ahead ? "1" : "0",
                                SessionKeys.REVOKED,
                                session.value()))
                .get(0)
                .toString();
    }

    /** All are asked at once. */
    @Override
    public List<OpenSession> live(String account, List<SessionId> sessions) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        List<Uni<Response>> asked = sessions.stream()
                .map(session -> redis.sendAsync(
                        Command.HMGET,
                        SessionKeys.session(session.value()),
                        "sub",
                        "revokedAt",
                        "createdAt",
                        "lastUsedAt",
                        "device",
                        "address"))
                .toList();
        List<Response> answers = Uni.join().all(asked).andFailFast().await().indefinitely();
        List<OpenSession> live = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Response fields = answers.get(i);
            if (fields.get(0) != null && fields.get(0).toString().equals(account) && fields.get(1) == null) {
                live.add(openSession(sessions.get(i), fields));
            }
        }
        return live;
    }

    private static OpenSession openSession(SessionId id, Response fields) {
        Instant createdAt = Instant.parse(fields.get(2).toString());
        return new OpenSession(
                id,
                new SessionOrigin(text(fields.get(4), Device.UNKNOWN), text(fields.get(5), "")),
                createdAt,
                fields.get(3) == null ? createdAt : Instant.parse(fields.get(3).toString()));
    }

    private static String text(Response field, String otherwise) {
        return field == null ? otherwise : field.toString();
    }

    @Override
    public boolean isLive(SessionId session) {
        Response fields = redis.send(Command.HMGET, SessionKeys.session(session.value()), "sub", "revokedAt");
        return fields.get(0) != null && fields.get(1) == null;
    }

    private static Set<String> roles(Response csv) {
        String roles = csv.toString();
        return roles.isEmpty() ? Set.of() : Set.of(roles.split(","));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

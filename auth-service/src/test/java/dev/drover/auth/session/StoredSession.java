package dev.drover.auth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import jakarta.enterprise.context.Dependent;

import io.quarkus.arc.Unremovable;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.session.NewSession.Owner;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;

/** One session in a real Redis, a new one for each test, and what its store makes of its tokens. */
@Dependent
@Unremovable
class StoredSession {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Owner ADA = new Owner("usr_" + "0".repeat(26), "ada@example.org", Set.of("admin"), 0);
    private static final SessionOrigin HERE = new SessionOrigin("Firefox on Linux", "203.0.113.7");
    static final SessionPolicy POLICY = new SessionPolicy(
            Duration.ofHours(24),
            Duration.ofDays(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            Duration.ofMinutes(11));

    private final RedisCalls redis;
    private final AuditLog audit;
    private final NewSession session;
    private final RefreshToken token;
    private SessionStore store;

    StoredSession(RedisCalls redis, AuditLog audit, Ids ids) {
        this.redis = redis;
        this.audit = audit;
        this.session = new NewSession(new SessionId("ses_" + ids.random()), ADA, HERE, SessionSecrets.random(), NOW);
        this.token = session.secrets().refreshToken(session.id());
        goBy(POLICY);
    }

    final void goBy(SessionPolicy policy) {
        store = new RedisSessionStore(redis, audit, policy);
    }

    SessionStore store() {
        return store;
    }

    OpenResult open() {
        return store.open(session);
    }

    SessionSecrets secrets() {
        return session.secrets();
    }

    /** The same with secrets of its own, as a repeat brings it. */
    NewSession again() {
        return new NewSession(session.id(), ADA, HERE, SessionSecrets.random(), NOW);
    }

    SessionId id() {
        return session.id();
    }

    String key() {
        return SessionKeys.session(id().value());
    }

    /** The first of its family. */
    RefreshToken token() {
        return token;
    }

    /** By a request that cannot be late, however busy the machine is. */
    Rotation rotate(RefreshToken presented, String salt) {
        return store.rotate(
                presented, salt, NOW, redisMillis() + Duration.ofHours(1).toMillis());
    }

    long redisMillis() {
        return redis.send(Command.TIME).get(0).toLong() * 1000;
    }

    void graceIsOver(RefreshToken traded) {
        redis.send(Command.DEL, grace(traded));
    }

    static String grace(RefreshToken traded) {
        return RefreshKeys.grace(traded.session(), traded.secret().hash());
    }

    boolean exists(String key) {
        return redis.send(Command.EXISTS, key).toInteger() == 1;
    }

    String field(String name) {
        return redis.send(Command.HGET, key(), name).toString();
    }

    long ttlMillis() {
        return redis.send(Command.PTTL, key()).toLong();
    }

    /** The results of as many callers at once. */
    static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<T>> calls =
                    IntStream.range(0, callers).mapToObj(i -> call).toList();
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}

package dev.drover.auth.lockout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** One hash for each subject, in a slot of its own. Its name has a hash of the subject: addresses are not to be read off key names. */
@Singleton
final class RedisLockoutStore implements LockoutStore {

    private final RedisScript peekLockout = RedisScript.load("peek_lockout");
    private final RedisScript countAttempt = RedisScript.load("count_attempt");
    private final RedisScript forgiveAttempt = RedisScript.load("forgive_attempt");
    private final RedisCalls redis;

    RedisLockoutStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public boolean isLocked(Subject subject) {
        Response answer = redis.run(peekLockout, List.of(key(subject)), List.of());
        return switch (answer.get(0).toString()) {
            case "open" -> false;
            case "locked" -> true;
            default -> throw new IllegalStateException("peek_lockout answered " + answer);
        };
    }

    @Override
    public Verdict count(Subject subject, LockoutPolicy policy) {
        Response answer = redis.run(
                countAttempt,
                List.of(key(subject)),
                List.of(
                        Integer.toString(policy.free()),
                        millis(policy.delay()),
                        millis(policy.delayMax()),
                        millis(policy.memory())));
        return switch (answer.get(0).toString()) {
            case "open" -> new Verdict.Open(answer.get(1).toInteger());
            case "locking" -> new Verdict.Locking(answer.get(1).toInteger());
            case "locked" -> new Verdict.Locked(Duration.ofMillis(answer.get(1).toLong()));
            default -> throw new IllegalStateException("count_attempt answered " + answer);
        };
    }

    @Override
    public void forgive(Subject subject, Verdict verdict) {
        redis.run(forgiveAttempt, List.of(key(subject)), List.of(verdict instanceof Verdict.Locking ? "1" : "0"));
    }

    @Override
    public void clear(Subject subject) {
        redis.send(Command.DEL, key(subject));
    }

    private static String key(Subject subject) {
        String kind = subject.kind().name().toLowerCase(Locale.ROOT);
        return "drover:{lockout:" + kind + ":" + Ids.derive("lockout", subject.value()) + "}:attempts";
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

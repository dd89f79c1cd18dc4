package dev.drover.auth.lockout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisLockoutStore implements LockoutStore {

    private final RedisScript peekLockout = RedisScript.load("peek_lockout");
    private final RedisScript beginAttempt = RedisScript.load("begin_attempt");
    private final RedisScript failAttempt = RedisScript.load("fail_attempt");
    private final RedisCalls redis;

    RedisLockoutStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public boolean isLocked(Subject subject) {
        Response answer = redis.run(peekLockout, List.of(LockoutKeys.attempts(subject)), List.of());
        return switch (answer.get(0).toString()) {
            case "open" -> false;
            case "locked" -> true;
            default -> throw new IllegalStateException("peek_lockout answered " + answer);
        };
    }

    @Override
    public Standing begin(Subject subject, String attempt, LockoutPolicy policy) {
        Response answer = redis.run(
                beginAttempt,
                keys(subject),
                List.of(attempt, Integer.toString(policy.free()), millis(policy.judging())));
        boolean owesEntries = isYes(answer.get(1));
        return switch (answer.get(0).toString()) {
            case "judged" -> new Standing.Judged(owesEntries);
            case "locked" -> new Standing.Locked(Duration.ofMillis(answer.get(2).toLong()), owesEntries);
            default -> throw new IllegalStateException("begin_attempt answered " + answer);
        };
    }

    @Override
    public Verdict fail(Subject subject, Failure failure, LockoutPolicy policy) {
        List<String> args = new ArrayList<>(List.of(
                failure.attempt().orElse(""),
                Integer.toString(policy.free()),
                millis(policy.delay()),
                millis(policy.delayMax()),
                millis(policy.memory()),
                millis(AuditLog.CARRIED_WITHIN)));
        args.addAll(failure.lock().args());
        failure.entry().map(OwedEntry::args).ifPresent(args::addAll);
        Response answer = redis.run(failAttempt, keys(subject), args);
        int failures = answer.get(1).toInteger();
        boolean owesEntries = isYes(answer.get(2));
        return switch (answer.get(0).toString()) {
            case "open" -> new Verdict(failures, false, owesEntries);
            case "locking" -> new Verdict(failures, true, owesEntries);
            default -> throw new IllegalStateException("fail_attempt answered " + answer);
        };
    }

    @Override
    public void forgive(Subject subject, String attempt) {
        redis.send(Command.ZREM, LockoutKeys.pending(subject), attempt);
    }

    @Override
    public void clear(Subject subject) {
        redis.send(Command.DEL, LockoutKeys.attempts(subject), LockoutKeys.pending(subject));
    }

    private static List<String> keys(Subject subject) {
        return List.of(
                LockoutKeys.attempts(subject), LockoutKeys.pending(subject), AuditKeys.of(LockoutKeys.owner(subject)));
    }

    private static boolean isYes(Response flag) {
        return flag.toString().equals("1");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

package dev.drover.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * The one door to Redis: every command and script of every store passes here, so that time-outs and the translation of faults stand in
 * one place. The blocking forms are for virtual threads and worker threads; the {@code …Async} forms for event loops.
 *
 * <p>A call that fails with {@link StoreUnavailableException} may or may not have been carried out: callers repeat it only when that is
 * harmless.
 */
@Singleton
public final class RedisCalls {

    /** What Redis says when it cannot serve now but will again. Everything else it refuses is our mistake. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "OOM",
            "BUSY",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MASTERDOWN",
            "MISCONF",
            "NOREPLICAS",
            "MOVED",
            "ASK");

    private final ReactiveRedisDataSource redis;
    private final Duration timeout;

    RedisCalls(ReactiveRedisDataSource redis, RedisConfig config) {
        this.redis = redis;
        this.timeout = config.timeout();
    }

    /** Runs one command; null when Redis answers nil. */
    public Response send(Command command, String... args) {
        return sendAsync(command, args).await().indefinitely();
    }

    /** Runs a script as one atomic step. All keys it touches must be in {@code keys} and share one hash tag. */
    public Response run(RedisScript script, List<String> keys, List<String> args) {
        return runAsync(script, keys, args).await().indefinitely();
    }

    public Uni<Response> sendAsync(Command command, String... args) {
        return guarded(redis.execute(command, args), timeout);
    }

    public Uni<Response> runAsync(RedisScript script, List<String> keys, List<String> args) {
        return guarded(
                redis.execute(Command.EVALSHA, arguments(script.sha1(), keys, args))
                        .onFailure(RedisCalls::isUnknownScript)
                        .recoverWithUni(() -> redis.execute(Command.EVAL, arguments(script.source(), keys, args))),
                timeout);
    }

    private static String[] arguments(String script, List<String> keys, List<String> args) {
        List<String> all = new ArrayList<>(2 + keys.size() + args.size());
        all.add(script);
        all.add(Integer.toString(keys.size()));
        all.addAll(keys);
        all.addAll(args);
        return all.toArray(String[]::new);
    }

    private static Uni<Response> guarded(Uni<Response> call, Duration limit) {
        return call.ifNoItem().after(limit).fail().onFailure().transform(RedisCalls::translate);
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof ErrorType error && error.getMessage().startsWith("NOSCRIPT");
    }

    private static Throwable translate(Throwable failure) {
        if (failure instanceof ErrorType error && !isPassing(error)) {
            return new IllegalStateException("Redis refused a command: " + error.getMessage(), error);
        }
        return new StoreUnavailableException("Redis", failure);
    }

    private static boolean isPassing(ErrorType error) {
        String message = String.valueOf(error.getMessage());
        // Since Redis 7 an error inside a script is wrapped; its own code then leads the message all the same.
        return PASSING.stream().anyMatch(code -> message.startsWith(code + " ") || message.contains("-" + code + " "));
    }
}

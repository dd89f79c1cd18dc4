package dev.drover.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import dev.drover.platform.faults.BreakerConfig;
import dev.drover.platform.faults.CallTimers;
import dev.drover.platform.faults.FaultLog;
import dev.drover.platform.faults.StoreBreaker;
import dev.drover.platform.faults.StoreFault;

/**
 * The one door to Redis: every command and script of every store passes here, so that time-outs, retries, the breaker and the translation
 * of faults stand in one place. The blocking forms are for virtual threads and worker threads; the {@code …Async} forms for event loops.
 *
 * <p>A call that fails with {@link StoreUnavailableException} may or may not have been carried out: callers repeat it only when that is
 * harmless. Here it is repeated only when it reads, or when Redis certainly did nothing; a write is never sent twice.
 */
@Singleton
public final class RedisCalls {

    private static final String STORE = "Redis";
    private static final TypeLiteral<Uni<Response>> ANSWER = new TypeLiteral<>() {};

    /** Carries no stack and no cause, so one serves all. */
    private static final StoreUnavailableException GIVEN_UP =
            new StoreUnavailableException(STORE, StoreFault.GIVEN_UP, null);

    /** Commands that change nothing, so that a repeat is harmless. */
    private static final Set<Command> READS = Set.of(
            Command.PING,
            Command.GET,
            Command.MGET,
            Command.EXISTS,
            Command.TTL,
            Command.PTTL,
            Command.HGET,
            Command.HMGET,
            Command.HGETALL,
            Command.HLEN,
            Command.SMEMBERS,
            Command.SCARD,
            Command.ZCARD,
            Command.ZRANGE,
            Command.ZREVRANGEBYLEX,
            Command.XLEN,
            Command.XRANGE,
            Command.XREVRANGE);

    private final RedisPool pool;
    private final RedisConfig config;
    private final StoreBreaker<Uni<Response>> breaker;
    private final CallTimers timers;
    private final FaultLog log = new FaultLog(STORE);

    RedisCalls(
            Redis redis,
            RedisConfig config,
            BreakerConfig breaker,
            @ConfigProperty(name = "quarkus.redis.max-pool-size") int connectionsMax,
            @ConfigProperty(name = "quarkus.redis.max-pool-waiting") int waitingMax,
            MeterRegistry meters) {
        this.pool = new RedisPool(redis.getDelegate(), connectionsMax, waitingMax);
        this.config = config;
        this.breaker = new StoreBreaker<>(ANSWER, "redis", breaker, StoreUnavailableException::isOutage, meters);
        this.timers = new CallTimers(meters, "drover.redis.calls", "call");
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
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return guarded(command.toString(), pool.send(request), READS.contains(command));
    }

    public Uni<Response> runAsync(RedisScript script, List<String> keys, List<String> args) {
        Uni<Response> call = pool.send(evaluation(Command.EVALSHA, script.sha1(), keys, args))
                .onFailure(RedisFailure::isUnknownScript)
                .recoverWithUni(() -> pool.send(evaluation(Command.EVAL, script.source(), keys, args)));
        return guarded(script.name(), call, false);
    }

    private static Request evaluation(Command command, String script, List<String> keys, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }

    private Uni<Response> guarded(String name, Uni<Response> call, boolean reads) {
        return Uni.createFrom().deferred(() -> {
            long startedNanos = System.nanoTime();
            Patience patience = Patience.current(config.timeout());
            Duration left = patience.begin();
            Uni<Response> answer = left.isZero()
                    ? Uni.createFrom().failure(GIVEN_UP)
                    : throughBreaker(inTime(repeated(call, reads), left, patience))
                            .onTermination()
                            .invoke(patience::end);
            return answer.onItemOrFailure()
                    .invoke((item, failure) -> timers.record(name, outcome(failure), startedNanos));
        });
    }

    private Uni<Response> inTime(Uni<Response> call, Duration left, Patience patience) {
        return call.ifNoItem()
                .after(left)
                .fail()
                .onFailure(TimeoutException.class)
                .invoke(patience::lose)
                .onFailure()
                .transform(this::translated);
    }

    private Uni<Response> repeated(Uni<Response> call, boolean reads) {
        Uni<Response> watched = call.onFailure(RedisFailure::isReadOnly).invoke(pool::renew);
        if (config.retries() == 0) {
            return watched;
        }
        return watched.onFailure(failure -> mayRepeat(failure, reads))
                .retry()
                .withBackOff(config.retryPause(), config.timeout())
                .withJitter(0.5)
                .atMost(config.retries());
    }

    private static boolean mayRepeat(Throwable failure, boolean reads) {
        return RedisFailure.wasNotCarriedOut(failure)
                || reads
                        && RedisFailure.fault(failure)
                                .filter(StoreFault.CONNECTION::equals)
                                .isPresent();
    }

    private Uni<Response> throughBreaker(Uni<Response> call) {
        try {
            return breaker.call(() -> call)
                    .onFailure(CircuitBreakerOpenException.class)
                    .transform(open -> GIVEN_UP);
        } catch (Exception e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Throwable translated(Throwable failure) {
        return RedisFailure.fault(failure)
                .<Throwable>map(fault -> {
                    log.met(fault, failure);
                    return new StoreUnavailableException(STORE, fault, failure);
                })
                .orElseGet(
                        () -> new IllegalStateException("Redis refused a command: " + failure.getMessage(), failure));
    }

    private static String outcome(Throwable failure) {
        if (failure == null) {
            return CallTimers.OK;
        }
        return failure instanceof StoreUnavailableException unavailable
                ? unavailable.fault().outcome()
                : CallTimers.REFUSED;
    }
}

package dev.drover.platform.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Future;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.impl.ZModem;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import dev.drover.platform.faults.BreakerConfig;
import dev.drover.platform.faults.CallTimers;
import dev.drover.platform.faults.FaultLog;
import dev.drover.platform.faults.StoreBreaker;
import dev.drover.platform.faults.StoreFault;

/**
 * The one door to Redis: every command and script of every store passes here, so that time-outs, retries, the breaker and the translation
 * of faults stand in one place. The blocking forms are for virtual threads and worker threads; the {@code …Async} forms for event loops: whatever
 * becomes of such a call, it is told in the Vert.x context it was made in.
 *
 * <p>A call that fails with {@link StoreUnavailableException} may or may not have been carried out: callers repeat it only when that is
 * harmless. Here it is repeated only when it reads, or when Redis certainly did nothing; a write is never sent twice.
 */
@Singleton
public final class RedisCalls {

    private static final String STORE = "Redis";

    /** Commands in one message: some 15 KB to Redis, and well under what one connection may have unanswered. */
    static final int BATCH = 256;

    /** By how much whoever blocks waits longer than the call may take: it is told what became of it, wherever somebody is left to tell it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final TypeLiteral<CompletionStage<Response>> ANSWER = new TypeLiteral<>() {};

    /** Carries no stack and no cause, so one serves all. */
    static final StoreUnavailableException GIVEN_UP = new StoreUnavailableException(STORE, StoreFault.GIVEN_UP, null);

    private static final StoreUnavailableException LATE =
            new StoreUnavailableException(STORE, StoreFault.TIMEOUT, null);

    private final RedisTransport transport;
    private final RedisConfig config;
    private final Vertx vertx;
    private final StoreBreaker<CompletionStage<Response>> breaker;
    private final CallTimers timers;
    private final FaultLog log = new FaultLog(STORE);

    RedisCalls(
            Redis redis,
            RedisConfig config,
            BreakerConfig breaker,
            @ConfigProperty(name = "quarkus.redis.client-type") RedisClientType type,
            @ConfigProperty(name = "quarkus.redis.max-pool-size") int connectionsMax,
            @ConfigProperty(name = "quarkus.redis.max-pool-waiting") int waitingMax,
            Vertx vertx,
            MeterRegistry meters) {
        this.transport = RedisTransport.of(redis.getDelegate(), type, config.pipeline(), connectionsMax, waitingMax);
        this.config = config;
        this.vertx = vertx;
        this.breaker = new StoreBreaker<>(ANSWER, "redis", breaker, StoreUnavailableException::isOutage, meters);
        this.timers = new CallTimers(meters, "drover.redis.calls", "call");
    }

    /** Runs one command; null when Redis answers nil. */
    public Response send(Command command, String... args) {
        return await(Question.command(command, args));
    }

    /** Runs a script as one atomic step. All keys it touches must be in {@code keys} and share one hash tag. */
    public Response run(RedisScript script, List<String> keys, List<String> args) {
        return await(Question.script(script, keys, args));
    }

    /** Who cancels it has it not sent any more, if it waits for a connection; what was sent is carried out all the same. */
    public Uni<Response> sendAsync(Command command, String... args) {
        return telling(Optional.empty(), Question.command(command, args));
    }

    /** As {@link #sendAsync} when it is cancelled. */
    public Uni<Response> runAsync(RedisScript script, List<String> keys, List<String> args) {
        return runAsync(script, keys, args, Optional.empty());
    }

    /** @param within who waits is told so soon that there is no answer in time; the call goes on, and what becomes of it counts */
    public Uni<Response> runAsync(RedisScript script, List<String> keys, List<String> args, Optional<Duration> within) {
        return telling(within, Question.script(script, keys, args));
    }

    /**
     * Reads the same fields of many hashes, which may lie in any slots: a batch of them goes as one message to each node that has some, and one batch after
     * another, so that thousands of reads neither take every connection nor a round trip each. Blocks, and fails as a whole.
     *
     * @return the fields' values of each key, in the order of the keys
     */
    public List<Response> readHashes(List<String> keys, String... fields) {
        Response[] answers = new Response[keys.size()];
        // Nodes have ranges of slots, so neighbours are mostly of one node.
        List<Integer> bySlot = IntStream.range(0, answers.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> ZModem.generate(keys.get(i))))
                .toList();
        for (int start = 0; start < answers.length; start += BATCH) {
            List<Integer> batch = bySlot.subList(start, Math.min(answers.length, start + BATCH));
            Question reads = Question.hashes(batch.stream().map(keys::get).toList(), fields);
            Response all = await(reads);
            for (int i = 0; i < batch.size(); i++) {
                answers[batch.get(i)] = all.get(i);
            }
        }
        return Arrays.asList(answers);
    }

    private CompletionStage<Response> guarded(Interest interest, Question question) {
        long startedNanos = System.nanoTime();
        Patience patience = Patience.current(config.timeout());
        Duration left = patience.begin();
        if (left.isZero()) {
            timers.record(question.name(), outcome(GIVEN_UP), startedNanos);
            return CompletableFuture.failedFuture(GIVEN_UP);
        }
        UnaryOperator<Throwable> translation = failure -> {
            if (failure instanceof TimeoutException) {
                patience.lose();
            }
            return translated(failure);
        };
        CallerContext caller = CallerContext.current(vertx);
        return throughBreaker(
                        () -> new RedisCall(question, interest, transport, config, translation, caller).begin(left))
                .whenComplete((answer, failure) -> {
                    patience.end();
                    timers.record(question.name(), outcome(cause(failure)), startedNanos);
                });
    }

    private CompletionStage<Response> throughBreaker(Callable<CompletionStage<Response>> call) {
        try {
            return breaker.call(call);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private RuntimeException translated(Throwable failure) {
        return RedisFailure.fault(failure)
                .<RuntimeException>map(fault -> {
                    log.met(fault, failure);
                    return new StoreUnavailableException(STORE, fault, failure);
                })
                .orElseGet(
                        () -> new IllegalStateException("Redis refused a command: " + failure.getMessage(), failure));
    }

    private Uni<Response> telling(Optional<Duration> within, Question question) {
        return Uni.createFrom().emitter(emitter -> {
            Interest interest = new Interest();
            emitter.onTermination(interest::end);
            CompletionStage<Response> answer = guarded(interest, question);
            within.ifPresent(bound -> {
                Future<?> late = CallerContext.current(vertx).after(bound, () -> emitter.fail(LATE));
                answer.whenComplete((response, failure) -> late.cancel(false));
            });
            tell(answer, emitter);
        });
    }

    private static void tell(CompletionStage<Response> call, UniEmitter<? super Response> emitter) {
        call.whenComplete((answer, failure) -> {
            if (failure == null) {
                emitter.complete(answer);
            } else {
                emitter.fail(cause(failure));
            }
        });
    }

    /**
     * Blocks. A call ends by itself when its time is over; that whoever waits for it does not wait for ever is not left to the event loop that ends
     * it, which may be gone before the caller when a process stops.
     */
    private Response await(Question question) {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException("an event loop must not wait for Redis: " + Thread.currentThread());
        }
        Interest interest = new Interest();
        try {
            return guarded(interest, question)
                    .toCompletableFuture()
                    .get(config.timeout().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw cause(e) instanceof RuntimeException known ? known : new IllegalStateException(cause(e));
        } catch (TimeoutException e) {
            interest.end();
            throw LATE;
        } catch (InterruptedException e) {
            interest.end();
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(STORE, StoreFault.GIVEN_UP, e);
        }
    }

    /** What stages wrap a failure in says nothing, and the breaker's word for being open is not ours. */
    private static Throwable cause(Throwable failure) {
        if (failure instanceof CompletionException || failure instanceof ExecutionException) {
            return cause(failure.getCause());
        }
        return failure instanceof CircuitBreakerOpenException ? GIVEN_UP : failure;
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

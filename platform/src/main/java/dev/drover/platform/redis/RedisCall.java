package dev.drover.platform.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.netty.util.concurrent.Future;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisTransport.Exchange;
import dev.drover.platform.stateless.LocalTick;

/**
 * One call on its way: sent, repeated where that is harmless, and over when its time is, whatever Redis does. On futures and the timers of the
 * event loop alone, because every request passes here several times: a chain of reactive operators, each of which takes and restores the
 * context of whoever waits, took a third of the processor time of a read.
 */
@LocalTick(because = "ends and repeats one call of this process; whoever waits for it goes with it")
final class RedisCall {

    private final Question question;
    private final Interest interest;
    private final RedisTransport transport;
    private final RedisConfig config;
    private final UnaryOperator<Throwable> translation;
    private final CallerContext caller;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    /**
     * @param interest    of whoever waits; once it has ended nothing more is sent
     * @param translation what those who wait are told instead of a failure of the client's
     */
    RedisCall(
            Question question,
            Interest interest,
            RedisTransport transport,
            RedisConfig config,
            UnaryOperator<Throwable> translation,
            CallerContext caller) {
        this.question = question;
        this.interest = interest;
        this.transport = transport;
        this.config = config;
        this.translation = translation;
        this.caller = caller;
    }

    /**
     * Ends in the caller's context.
     *
     * @param left how long it may take, repeats and pauses included
     */
    CompletableFuture<Response> begin(Duration left) {
        try {
            Future<?> deadline = caller.after(left, () -> fail(new TimeoutException("Redis did not answer in time")));
            answer.whenComplete((response, failure) -> deadline.cancel(false));
            attempt(0);
        } catch (RejectedExecutionException stopping) {
            // The event loop has ended, and nothing was sent.
            fail(new RedisFailure.NotSent(stopping));
        }
        return answer;
    }

    private void attempt(int repeats) {
        send(question.request(), repeats, question.inFull() != null);
    }

    private void send(Supplier<Exchange> what, int repeats, boolean byDigest) {
        transport.send(what.get(), this::isOver, (response, failure) -> {
            if (failure == null) {
                caller.run(() -> answer.complete(response == null ? null : Response.newInstance(response)));
            } else if (byDigest && RedisFailure.isUnknownScript(failure)) {
                send(question.inFull(), repeats, false);
            } else {
                caller.run(() -> failed(failure, repeats));
            }
        });
    }

    private void failed(Throwable failure, int repeats) {
        if (RedisFailure.isReadOnly(failure)) {
            transport.renew();
        }
        if (repeats >= config.retries() || !mayRepeat(failure)) {
            fail(failure);
            return;
        }
        caller.after(pause(repeats), () -> {
            if (!isOver()) {
                attempt(repeats + 1);
            }
        });
    }

    /** Asked before each sending: what nobody waits for ends there, and says nothing of Redis. */
    private boolean isOver() {
        if (interest.hasEnded()) {
            answer.completeExceptionally(RedisCalls.GIVEN_UP);
        }
        return answer.isDone();
    }

    private void fail(Throwable failure) {
        if (!answer.isDone()) {
            answer.completeExceptionally(translation.apply(failure));
        }
    }

    private boolean mayRepeat(Throwable failure) {
        return RedisFailure.wasNotCarriedOut(failure) || question.reads() && RedisFailure.isConnection(failure);
    }

    private Duration pause(int repeats) {
        long longest = config.retryPause().toNanos() << repeats;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}

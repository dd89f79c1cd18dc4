package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.faults.StoreFault;

/** Who waits for a Redis that does not answer, for how long and how many; and what is not sent because nobody waits any more. */
class RedisWaitingTest extends FaultyRedisSetting {

    @Test
    void aProbeNobodyWaitsForDoesNotKeepTheBreakerOpen() throws Exception {
        redis.suspend();
        while (client.breakerState() != 2) {
            client.faultOfRead(key);
        }
        do {
            givenUpAtOnce();
        } while (client.breakerState() != 1);

        redis.resume();
        client.untilAnswered(key);
    }

    private void givenUpAtOnce() {
        assertThatThrownBy(() -> calls.sendAsync(Command.GET, key)
                        .ifNoItem()
                        .after(Duration.ofMillis(20))
                        .fail()
                        .await()
                        .indefinitely())
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotSent() throws Exception {
        try (RedisClientSide narrow = narrow(RedisClientSide.TIMEOUT)) {
            narrow.calls().send(Command.PING);
            redis.suspend();
            for (int i = 0; i < pipeline() + 2; i++) {
                assertThatThrownBy(() -> narrow.calls().send(Command.INCR, key))
                        .isInstanceOf(StoreUnavailableException.class);
            }
            redis.resume();

            // The first ones were on their way; those behind them waited for one to be over.
            assertThat(narrow.untilAnswered(key)).hasToString(Integer.toString(1 + pipeline()));
        }
    }

    @Test
    void moreCallsThanMayWaitAreRefusedAndSayNothingOfRedis() throws Exception {
        try (RedisClientSide narrow = narrow(Duration.ofSeconds(30))) {
            narrow.calls().send(Command.PING);
            redis.suspend();
            int calls = 4 * RedisClientSide.WAITING_MAX;
            List<CompletableFuture<Object>> answers = increments(narrow, calls);
            int served = pipeline() + RedisClientSide.WAITING_MAX;
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (narrow.count("crowded") < calls - served) {
                assertThat(System.nanoTime()).as("refused too late").isLessThan(deadline);
                LockSupport.parkNanos(20_000_000);
            }
            redis.resume();

            assertThat(answers)
                    .filteredOn(answer -> StoreFault.CROWDED.equals(faultOf(answer)))
                    .hasSize(calls - served);
            assertThat(narrow.untilAnswered(key)).hasToString(Integer.toString(1 + served));
            assertThat(narrow.transitionsTo("open")).isZero();
        }
    }

    @Test
    void whatIsCancelledBeforeItsConnectionIsFreeIsNotSent() throws Exception {
        try (RedisClientSide narrow = narrow(RedisClientSide.TIMEOUT)) {
            narrow.calls().send(Command.PING);
            redis.suspend();
            List<CompletableFuture<Object>> sent = increments(narrow, pipeline());
            Cancellable waiting =
                    narrow.calls().sendAsync(Command.INCR, key).subscribe().with(answer -> {}, failure -> {});
            waiting.cancel();
            redis.resume();

            for (CompletableFuture<Object> answer : sent) {
                assertThat(answer.get(5, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(narrow.untilAnswered(key)).hasToString(Integer.toString(1 + pipeline()));
            assertThat(narrow.breakerState()).isZero();
        }
    }

    private List<CompletableFuture<Object>> increments(RedisClientSide side, int times) {
        return IntStream.range(0, times)
                .<CompletableFuture<Object>>mapToObj(i -> {
                    CompletableFuture<Object> answer = new CompletableFuture<>();
                    side.calls()
                            .sendAsync(Command.INCR, key)
                            .subscribe()
                            .with(answer::complete, answer::completeExceptionally);
                    return answer;
                })
                .toList();
    }

    /** Null when it was answered. */
    private static StoreFault faultOf(CompletableFuture<Object> answer) {
        return answer.handle((value, failure) ->
                        failure instanceof StoreUnavailableException unavailable ? unavailable.fault() : null)
                .join();
    }

    private RedisClientSide narrow(Duration timeout) {
        return new RedisClientSide(redis.url().toString(), 1, pipeline(), timeout);
    }

    @Test
    void aRequestThatHasWaitedInVainDoesNotWaitAgain() throws Exception {
        redis.suspend();
        Context request = client.request();
        assertThat(failureNanos(request)).isGreaterThanOrEqualTo(RedisClientSide.TIMEOUT.toNanos());

        assertThat(failureNanos(request))
                .isLessThan(RedisClientSide.TIMEOUT.dividedBy(2).toNanos());
        assertThat(client.breakerState()).isZero();
        assertThat(client.faultOfRead(key))
                .as("another request has its own patience")
                .isEqualTo(StoreFault.TIMEOUT);
    }

    /** How long a call of the request takes to fail. */
    private long failureNanos(Context request) throws Exception {
        CompletableFuture<Long> failed = new CompletableFuture<>();
        request.runOnContext(go -> {
            long started = System.nanoTime();
            calls.sendAsync(Command.GET, key)
                    .subscribe()
                    .with(answer -> {}, failure -> failed.complete(System.nanoTime() - started));
        });
        return failed.get(5, TimeUnit.SECONDS);
    }
}

package dev.drover.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.drover.platform.redis.RedisScript;
import dev.drover.stores.EmbeddedRedis;

/** What rate_limit promises, on a real Redis. */
class RateLimitScriptTest {

    private static final RedisScript SCRIPT = RedisScript.load("rate_limit");
    private static final long HOUR_MICROS = 3_600_000_000L;

    private static EmbeddedRedis server;
    private static Vertx vertx;
    private static Redis redis;

    private final String key = "drover:{rate:test:" + UUID.randomUUID() + "}";

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedRedis.start(Path.of("target", "redis"), EmbeddedRedis.Persistence.NONE, 0);
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, server.url().toString());
    }

    @AfterAll
    static void stop() {
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void theFirstUnitLeavesTheOthers() {
        Answer first = take(HOUR_MICROS, 10, 1);

        assertThat(first).isEqualTo(new Answer(true, 9, HOUR_MICROS, 0));
    }

    @Test
    void afterTheBurstTheAnswerSaysWhenTheNextUnitIsThere() {
        for (int i = 9; i >= 0; i--) {
            assertThat(take(HOUR_MICROS, 10, 1).remaining()).isEqualTo(i);
        }

        Answer refused = take(HOUR_MICROS, 10, 1);

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.retryMicros()).isBetween(HOUR_MICROS - 60_000_000, HOUR_MICROS);
        assertThat(refused.resetMicros()).isBetween(10 * HOUR_MICROS - 60_000_000, 10 * HOUR_MICROS);
    }

    @Test
    void whatIsRefusedTakesNothing() {
        take(HOUR_MICROS, 1, 1);
        String before = get();

        take(HOUR_MICROS, 1, 1);

        assertThat(get()).isEqualTo(before);
    }

    @Test
    void aUnitGrowsBackByRedissClock() {
        long arrival = nowMicros() + 3 * HOUR_MICROS;
        set(arrival - HOUR_MICROS - 1_000_000);

        // Of three units all would be gone at "arrival"; an hour and a second earlier one is back.
        assertThat(take(HOUR_MICROS, 3, 1).allowed()).isTrue();
        assertThat(take(HOUR_MICROS, 3, 1).allowed()).isFalse();
    }

    @Test
    void whatWasGivenBackCanBeTakenAgain() {
        take(HOUR_MICROS, 2, 1);
        take(HOUR_MICROS, 2, 1);

        Answer back = take(HOUR_MICROS, 2, -1);

        assertThat(back.allowed()).isTrue();
        assertThat(back.remaining()).isEqualTo(1);
        assertThat(take(HOUR_MICROS, 2, 1).allowed()).isTrue();
        assertThat(take(HOUR_MICROS, 2, 1).allowed()).isFalse();
    }

    @Test
    void givingBackMoreThanWasTakenMakesNoQuotaLarger() {
        take(HOUR_MICROS, 2, 1);
        take(HOUR_MICROS, 2, -1);

        assertThat(take(HOUR_MICROS, 2, -1)).isEqualTo(new Answer(true, 2, 0, 0));
        assertThat(get()).isNull();
        assertThat(take(HOUR_MICROS, 2, 1).remaining()).isEqualTo(1);
    }

    @Test
    void aKeyLivesNoLongerThanItTellsAnything() {
        take(1_000_000, 5, 1);
        take(1_000_000, 5, 1);

        assertThat(millisToLive()).isBetween(1L, 2_000L);
    }

    @Test
    void anArrivalInThePastIsAWholeQuota() {
        set(nowMicros() - HOUR_MICROS);

        assertThat(take(HOUR_MICROS, 4, 1).remaining()).isEqualTo(3);
    }

    @Test
    void aClockThatWasSetBackLocksNobodyOutForLongerThanOneWholeQuota() {
        set(nowMicros() + 1_000 * HOUR_MICROS);

        Answer refused = take(1_000_000, 5, 1);

        assertThat(refused.retryMicros()).isEqualTo(1_000_000);
        assertThat(refused.resetMicros()).isEqualTo(5_000_000);
    }

    @Test
    void theLargestQuotasAreCountedExactly() {
        long day = 86_400_000_000L;
        assertThat(take(day, 1, 1)).isEqualTo(new Answer(true, 0, day, 0));
        assertThat(take(day, 1, 1).allowed()).isFalse();

        String other = key + "other";
        long interval = Math.ceilDiv(day, 1_000_000);
        assertThat(call(redis, other, interval, 1_000_000, 1)).isEqualTo(new Answer(true, 999_999, interval, 0));
        assertThat(call(redis, other, interval, 1_000_000, 999_998).remaining()).isEqualTo(1);
    }

    @Test
    void ofManyAtOnceOverSeveralClientsExactlyTheBurstIsGiven() throws Exception {
        List<Redis> clients = IntStream.range(0, 4)
                .mapToObj(i -> Redis.createClient(vertx, server.url().toString()))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Redis client = clients.get(i % clients.size());
                calls.add(() -> call(client, key, HOUR_MICROS, 100, 1));
            }
            List<Future<Answer>> answers = threads.invokeAll(calls);

            assertThat(answers.stream().map(RateLimitScriptTest::get).filter(Answer::allowed))
                    .hasSize(100)
                    .extracting(Answer::remaining)
                    .doesNotHaveDuplicates();
        } finally {
            clients.forEach(Redis::close);
        }
    }

    private Answer take(long intervalMicros, int burst, int units) {
        return call(redis, key, intervalMicros, burst, units);
    }

    private static Answer call(Redis client, String key, long intervalMicros, int burst, int units) {
        Response answer = send(
                client,
                Request.cmd(Command.EVAL)
                        .arg(SCRIPT.source())
                        .arg(1)
                        .arg(key)
                        .arg(intervalMicros)
                        .arg(burst)
                        .arg(units));
        return new Answer(
                answer.get(0).toInteger() == 1,
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong());
    }

    private static Response send(Redis client, Request request) {
        return client.send(request).toCompletionStage().toCompletableFuture().join();
    }

    private static Answer get(Future<Answer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private String get() {
        Response value = send(redis, Request.cmd(Command.GET).arg(key));
        return value == null ? null : value.toString();
    }

    private void set(long arrivalMicros) {
        send(redis, Request.cmd(Command.SET).arg(key).arg(arrivalMicros));
    }

    private long millisToLive() {
        return send(redis, Request.cmd(Command.PTTL).arg(key)).toLong();
    }

    private static long nowMicros() {
        Response time = send(redis, Request.cmd(Command.TIME));
        return time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
    }

    private record Answer(boolean allowed, long remaining, long resetMicros, long retryMicros) {}
}

package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.faults.StoreFault;
import dev.drover.stores.EmbeddedRedis;

/** What the door makes of a Redis that is stopped, killed, read-only, full or cut off in the middle of a call. */
class RedisFaultTest {

    private static final int CONNECTIONS = 4;

    /** How much later than promised a busy build machine may be. */
    private static final Duration SLACK = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private EmbeddedRedis redis;
    private RedisClientSide client;
    private RedisCalls calls;
    private final String key = "{" + UUID.randomUUID() + "}";

    /** How many calls share a connection. */
    int pipeline() {
        return 1;
    }

    private RedisClientSide side(String url, int connections, Duration timeout) {
        return new RedisClientSide(url, connections, pipeline(), timeout);
    }

    private RedisClientSide narrow(Duration timeout) {
        return side(redis.url().toString(), 1, timeout);
    }

    @BeforeEach
    void start() throws Exception {
        redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.ALWAYS, 0);
        client = side(redis.url().toString(), CONNECTIONS, RedisClientSide.TIMEOUT);
        calls = client.calls();
        calls.send(Command.SET, key, "1");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        redis.resume();
        redis.close();
    }

    @Test
    void ofAStoppedRedisCallsLearnInTimeAndThenAtOnceAndAllIsWellWhenItGoesOn() throws Exception {
        redis.suspend();

        for (int i = 0; i < RedisClientSide.BREAKER_CALLS; i++) {
            long started = System.nanoTime();
            assertThat(failure()).isIn(StoreFault.TIMEOUT, StoreFault.GIVEN_UP);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(RedisClientSide.TIMEOUT.plus(SLACK));
        }
        assertThat(client.breakerState()).isEqualTo(2);
        assertThat(failure()).isEqualTo(StoreFault.GIVEN_UP);
        assertThat(client.count("timeout")).isLessThan(RedisClientSide.BREAKER_CALLS);

        redis.resume();
        awaitAnswer();
        assertThat(client.breakerState()).isZero();
        assertThat(client.transitionsTo("open")).isPositive();
        assertThat(client.transitionsTo("closed")).isEqualTo(1);
    }

    @Test
    void aProbeNobodyWaitsForDoesNotKeepTheBreakerOpen() throws Exception {
        redis.suspend();
        while (client.breakerState() != 2) {
            failure();
        }
        do {
            givenUpAtOnce();
        } while (client.breakerState() != 1);

        redis.resume();
        awaitAnswer();
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
    void afterAKillAndARestartItGoesOnByItself() throws Exception {
        redis.kill();
        for (int i = 0; i < RedisClientSide.BREAKER_CALLS; i++) {
            assertThat(failure()).isIn(StoreFault.CONNECTION, StoreFault.GIVEN_UP);
        }
        assertThat(client.breakerState()).isEqualTo(2);

        redis.restart();
        awaitAnswer();
        assertThat(calls.send(Command.GET, key)).hasToString("1");
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
            assertThat(untilAnswered(narrow)).hasToString(Integer.toString(1 + pipeline()));
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
            assertThat(untilAnswered(narrow)).hasToString(Integer.toString(1 + served));
            assertThat(narrow.transitionsTo("open")).isZero();
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
            assertThat(untilAnswered(narrow)).hasToString(Integer.toString(1 + pipeline()));
            assertThat(narrow.breakerState()).isZero();
        }
    }

    @Test
    void aRequestThatHasWaitedInVainDoesNotWaitAgain() throws Exception {
        redis.suspend();
        Context request = client.request();
        assertThat(failureNanos(request)).isGreaterThanOrEqualTo(RedisClientSide.TIMEOUT.toNanos());

        assertThat(failureNanos(request))
                .isLessThan(RedisClientSide.TIMEOUT.dividedBy(2).toNanos());
        assertThat(client.breakerState()).isZero();
        assertThat(failure()).as("another request has its own patience").isEqualTo(StoreFault.TIMEOUT);
    }

    @Test
    void aWriteIsNeverSentTwiceAndAReadNotMoreThanBounded() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(redis.port());
                RedisClientSide cut = side(proxy.url(), CONNECTIONS, RedisClientSide.TIMEOUT)) {
            proxy.cutAnswers();
            assertThatThrownBy(() -> cut.calls().send(Command.INCR, key)).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> cut.calls().send(Command.STRLEN, key))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> cut.calls().send(Command.GET, key)).isInstanceOf(StoreUnavailableException.class);
            proxy.bringAnswers();

            assertThat(calls.send(Command.GET, key)).hasToString("2");
            assertThat(callsOf("incr")).isEqualTo(1);
            assertThat(callsOf("strlen")).isEqualTo(1);
            assertThat(callsOf("get")).isBetween(2L, 2L + RedisClientSide.RETRIES);
        }
    }

    @Test
    void aReadIsRepeatedWhenItsConnectionBreaks() throws Exception {
        calls.send(Command.GET, key);
        calls.send(Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");

        assertThat(calls.send(Command.GET, key)).hasToString("1");
    }

    @Test
    void aReadOnlyRedisIsReadFromAndItsConnectionsAreRenewed() {
        long connectionsBefore = info("total_connections_received");
        calls.send(Command.REPLICAOF, "127.0.0.1", "1");

        StoreUnavailableException refused =
                catchThrowableOfType(StoreUnavailableException.class, () -> calls.send(Command.INCR, key));
        assertThat(refused.fault()).isEqualTo(StoreFault.READ_ONLY);
        assertThat(faultOfScript()).isEqualTo(StoreFault.READ_ONLY);
        for (int i = 0; i < 2 * RedisClientSide.BREAKER_CALLS; i++) {
            assertThat(calls.send(Command.GET, key)).hasToString("1");
        }
        assertThat(client.breakerState()).isZero();
        assertThat(client.count("readonly")).isEqualTo(2);
        assertThat(info("total_connections_received")).isGreaterThan(connectionsBefore);

        calls.send(Command.REPLICAOF, "NO", "ONE");
        assertThat(calls.send(Command.INCR, key)).hasToString("2");
    }

    @Test
    void aFullRedisIsReadFrom() {
        calls.send(Command.CONFIG, "SET", "maxmemory", "1");
        for (int i = 0; i < 2 * RedisClientSide.BREAKER_CALLS; i++) {
            StoreUnavailableException refused =
                    catchThrowableOfType(StoreUnavailableException.class, () -> calls.send(Command.SET, key, "2"));
            assertThat(refused.fault()).isEqualTo(StoreFault.FULL);
        }
        assertThat(faultOfScript()).isEqualTo(StoreFault.FULL);
        assertThat(calls.send(Command.GET, key)).hasToString("1");
        assertThat(client.breakerState()).isZero();
        calls.send(Command.CONFIG, "SET", "maxmemory", "0");
        calls.send(Command.SET, key, "2");
    }

    @Test
    void whatRedisRefusesForGoodIsOurMistakeAndNoFaultOfTheStore() {
        for (int i = 0; i < 2 * RedisClientSide.BREAKER_CALLS; i++) {
            assertThatThrownBy(() -> calls.send(Command.HGET, key, "field"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
        assertThat(client.count("refused")).isEqualTo(2L * RedisClientSide.BREAKER_CALLS);
        assertThat(callsOf("hget")).isEqualTo(2L * RedisClientSide.BREAKER_CALLS);
        assertThat(client.breakerState()).isZero();
    }

    @Test
    void aScriptThatRedisHasForgottenIsSentAgain() {
        RedisScript script = new RedisScript("answer", "return ARGV[1]", "0".repeat(40));

        assertThat(calls.run(script, List.of(key), List.of("42"))).hasToString("42");
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

    private StoreFault failure() {
        return catchThrowableOfType(StoreUnavailableException.class, () -> calls.send(Command.GET, key))
                .fault();
    }

    private StoreFault faultOfScript() {
        RedisScript write = new RedisScript("write", "return redis.call('INCR', KEYS[1])", "0".repeat(40));
        return catchThrowableOfType(StoreUnavailableException.class, () -> calls.run(write, List.of(key), List.of()))
                .fault();
    }

    private void awaitAnswer() {
        untilAnswered(client);
    }

    /** Full service within two seconds, as promised. */
    private Object untilAnswered(RedisClientSide side) {
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (true) {
            try {
                return side.calls().send(Command.GET, key);
            } catch (StoreUnavailableException e) {
                assertThat(System.nanoTime()).as("no answer in time: %s", e).isLessThan(deadline);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private long callsOf(String command) {
        return calls.send(Command.INFO, "commandstats")
                .toString()
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .map(line -> line.replaceAll(".*:calls=(\\d+),.*", "$1"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private long info(String field) {
        return calls.send(Command.INFO)
                .toString()
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
                .sum();
    }
}

package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.faults.StoreFault;

/** What the door makes of a Redis that is stopped, killed, read-only, full or cut off in the middle of a call. */
class RedisFaultTest extends FaultyRedisSetting {

    /** How much later than promised a busy build machine may be. */
    private static final Duration SLACK = Duration.ofMillis(500);

    @Test
    void ofAStoppedRedisCallsLearnInTimeAndThenAtOnceAndAllIsWellWhenItGoesOn() throws Exception {
        redis.suspend();

        for (int i = 0; i < RedisClientSide.BREAKER_CALLS; i++) {
            long started = System.nanoTime();
            assertThat(client.faultOfRead(key)).isIn(StoreFault.TIMEOUT, StoreFault.GIVEN_UP);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(RedisClientSide.TIMEOUT.plus(SLACK));
        }
        assertThat(client.breakerState()).isEqualTo(2);
        assertThat(client.faultOfRead(key)).isEqualTo(StoreFault.GIVEN_UP);
        assertThat(client.count("timeout")).isLessThan(RedisClientSide.BREAKER_CALLS);

        redis.resume();
        client.untilAnswered(key);
        assertThat(client.breakerState()).isZero();
        assertThat(client.transitionsTo("open")).isPositive();
        assertThat(client.transitionsTo("closed")).isEqualTo(1);
    }

    @Test
    void afterAKillAndARestartItGoesOnByItself() throws Exception {
        redis.kill();
        for (int i = 0; i < RedisClientSide.BREAKER_CALLS; i++) {
            assertThat(client.faultOfRead(key)).isIn(StoreFault.CONNECTION, StoreFault.GIVEN_UP);
        }
        assertThat(client.breakerState()).isEqualTo(2);

        redis.restart();
        client.untilAnswered(key);
        assertThat(calls.send(Command.GET, key)).hasToString("1");
    }

    @Test
    void aWriteIsNeverSentTwiceAndAReadNotMoreThanBounded() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(redis.port());
                RedisClientSide cut =
                        new RedisClientSide(proxy.url(), CONNECTIONS, pipeline(), RedisClientSide.TIMEOUT)) {
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

    private StoreFault faultOfScript() {
        RedisScript write = new RedisScript("write", "return redis.call('INCR', KEYS[1])", "0".repeat(40));
        return catchThrowableOfType(StoreUnavailableException.class, () -> calls.run(write, List.of(key), List.of()))
                .fault();
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

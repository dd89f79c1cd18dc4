package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.platform.faults.StoreFault;

/** Answers a real Redis gives only in moments that are hard to bring about. */
class RedisAnswerTest {

    private FakeRedis redis;
    private RedisClientSide client;

    @BeforeEach
    void start() throws Exception {
        redis = new FakeRedis();
        client = new RedisClientSide(redis.url(), 2);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOADING Redis is loading the dataset in memory                                         | LOADING   | 1
            BUSY Redis is busy running a script. You can only call SCRIPT KILL                     | BUSY      | 1
            OOM command not allowed when used memory > 'maxmemory'.                                | FULL      | 1
            ERR Error running script (call to f_1): @user_script:1: -OOM command not allowed       | FULL      | 1
            MISCONF Redis is configured to save RDB snapshots, but it cannot                       | READ_ONLY | 1
            NOREPLICAS Not enough good replicas to write.                                          | READ_ONLY | 1
            MASTERDOWN Link with MASTER is down                                                    | CONNECTION | 3
            CLUSTERDOWN The cluster is down                                                        | CONNECTION | 3
            """)
    void aPassingFaultIsNamedAndOnlyAReadIsRepeated(String answer, StoreFault fault, int sent) {
        redis.answers("-" + answer + "\r\n");

        assertThat(catchThrowableOfType(StoreUnavailableException.class, () -> client.calls()
                                .send(Command.GET, "key"))
                        .fault())
                .isEqualTo(fault);
        assertThat(redis.commands()).isEqualTo(sent);
        assertThat(client.count(fault.outcome())).isEqualTo(1);

        assertThatThrownBy(() -> client.calls().send(Command.SET, "key", "value"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(redis.commands()).isEqualTo(sent + 1);
    }

    @Test
    void aMissingPasswordIsOurMistake() {
        redis.answers("-NOAUTH Authentication required.\r\n");

        assertThatThrownBy(() -> client.calls().send(Command.GET, "key")).isInstanceOf(IllegalStateException.class);
        assertThat(client.count("refused")).isEqualTo(1);
    }

    @Test
    void halfAnAnswerIsNone() {
        redis.answers("$10\r\nhalf");

        assertThat(catchThrowableOfType(StoreUnavailableException.class, () -> client.calls()
                                .send(Command.GET, "key"))
                        .fault())
                .isEqualTo(StoreFault.TIMEOUT);
        assertThat(redis.commands()).isEqualTo(1);
    }

    @Test
    void aRequestThatHasUsedUpItsTimeAsksNothingMore() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Patience used = Patience.ofRequest(RedisClientSide.TIMEOUT, nanos::get);
        used.begin();
        nanos.addAndGet(RedisClientSide.TIMEOUT.toNanos() - 1);
        used.end();
        ContextInternal request = (ContextInternal) client.request();
        request.localContextData().put(Patience.KEY, used);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();

        request.runOnContext(go -> client.calls()
                .sendAsync(Command.GET, "key")
                .subscribe()
                .with(answer -> ended.complete(null), ended::complete));

        assertThat(ended.get(5, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(StoreUnavailableException.class, failure -> assertThat(failure.fault())
                        .isEqualTo(StoreFault.GIVEN_UP));
        assertThat(redis.commands()).isZero();
    }

    @Test
    void aLoadingRedisOpensTheBreaker() {
        redis.answers("-LOADING Redis is loading the dataset in memory\r\n");
        for (int i = 0; i < RedisClientSide.BREAKER_CALLS; i++) {
            assertThatThrownBy(() -> client.calls().send(Command.GET, "key"))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        int sent = redis.commands();

        assertThatThrownBy(() -> client.calls().send(Command.GET, "key")).isInstanceOf(StoreUnavailableException.class);
        assertThat(redis.commands()).isEqualTo(sent);
        assertThat(client.breakerState()).isEqualTo(2);
    }
}

package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.faults.StoreFault;
import dev.drover.stores.EmbeddedRedis;

/**
 * Who calls while the process stops. The client is closed then, and soon the event loops are gone that would end a call; whoever waited for ever would
 * keep the process.
 */
class ClosedClientTest {

    private static final int CONNECTIONS = 2;
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private EmbeddedRedis redis;

    @BeforeEach
    void start() throws Exception {
        redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aClosedClientIsToldAsNoConnectionAndKeepsNoTurn(int pipeline) throws Exception {
        RedisClientSide side = side(pipeline);
        side.client().close();
        int turns = CONNECTIONS * pipeline + RedisClientSide.WAITING_MAX;
        for (int i = 0; i <= turns; i++) {
            assertThat(side.faultOfRead("k")).isNotEqualTo(StoreFault.CROWDED);
        }
        side.vertx().close().toCompletionStage().toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whoeverWaitsIsToldAlsoWhereNoEventLoopIsLeft(int pipeline) throws Exception {
        RedisClientSide side = side(pipeline);
        side.close();

        CompletableFuture<Object> answer =
                CompletableFuture.supplyAsync(() -> side.calls().send(Command.GET, "k"));
        assertThatThrownBy(() -> answer.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void whoeverWaitsWhileTheEventLoopsEndIsTold(int pipeline) throws Exception {
        RedisClientSide side = side(pipeline);
        side.calls().send(Command.PING);
        redis.suspend();
        CompletableFuture<Object> answer =
                CompletableFuture.supplyAsync(() -> side.calls().send(Command.GET, "k"));
        side.close();
        assertThatThrownBy(() -> answer.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
        redis.resume();
    }

    private RedisClientSide side(int pipeline) {
        return new RedisClientSide(redis.url().toString(), CONNECTIONS, pipeline, RedisClientSide.TIMEOUT);
    }
}

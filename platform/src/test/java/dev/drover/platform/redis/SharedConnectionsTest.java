package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.faults.StoreFault;
import dev.drover.stores.EmbeddedRedis;

/** Calls that share connections: one for each event loop, replaced when it ends, when it is silent, and never under a call. */
class SharedConnectionsTest {

    private static final int CONNECTIONS = 4;
    private static final int PIPELINE = 50;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Pattern CLIENTS = Pattern.compile("connected_clients:(\\d+)");

    @TempDir
    Path folder;

    private OwnRedis own;
    private EmbeddedRedis redis;
    private RedisClientSide client;
    private ContextInternal loop;
    private final String key = "{" + UUID.randomUUID() + "}";

    @BeforeEach
    void start() throws Exception {
        own = OwnRedis.start(folder, EmbeddedRedis.Persistence.NONE, CONNECTIONS, PIPELINE, LONG);
        redis = own.server();
        client = own.client();
        loop = ((VertxInternal) client.vertx()).createEventLoopContext();
    }

    @AfterEach
    void stop() throws Exception {
        own.close();
    }

    @Test
    void callsOfOneEventLoopAreOnTheirWayTogetherAndAnsweredInOrder() throws Exception {
        assertThat(increment()).succeedsWithin(LONG);
        redis.suspend();
        List<CompletableFuture<String>> answers =
                IntStream.range(0, PIPELINE).mapToObj(i -> increment()).toList();
        redis.resume();

        for (int i = 0; i < PIPELINE; i++) {
            assertThat(answers.get(i).get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Integer.toString(i + 2));
        }
        // That of the loop, the one the client began with, and the one of this thread's question.
        assertThat(clients()).isLessThanOrEqualTo(3);
    }

    @Test
    void whereNothingComesForLongFurtherCallsTakeAnotherConnectionAndNoneIsCutOff() throws Exception {
        assertThat(increment()).succeedsWithin(LONG);
        redis.suspend();
        CompletableFuture<String> before = increment();
        // What is tried is that time passes without an answer.
        LockSupport.parkNanos(Duration.ofMillis(2_200).toNanos());
        CompletableFuture<String> after = increment();
        redis.resume();

        assertThat(List.of(
                        before.get(LONG.toSeconds(), TimeUnit.SECONDS), after.get(LONG.toSeconds(), TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void connectionsAreRenewedBehindTheCallsOnTheirWay() throws Exception {
        assertThat(increment()).succeedsWithin(LONG);
        client.calls().send(Command.REPLICAOF, "127.0.0.1", "1");
        List<CompletableFuture<String>> refused =
                IntStream.range(0, PIPELINE).mapToObj(i -> increment()).toList();
        for (CompletableFuture<String> answer : refused) {
            assertThat(answer.handle((value, failure) -> failure).get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("told by Redis, and not cut off")
                    .isInstanceOfSatisfying(StoreUnavailableException.class, fault -> assertThat(fault.fault())
                            .isEqualTo(StoreFault.READ_ONLY));
        }
        client.calls().send(Command.REPLICAOF, "NO", "ONE");

        assertThat(increment()).succeedsWithin(LONG).isEqualTo("2");
    }

    @Test
    void aConnectionThatEndsIsReplaced() {
        assertThat(increment()).succeedsWithin(LONG);
        client.calls().send(Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");

        assertThat(read()).succeedsWithin(LONG).isEqualTo("1");
    }

    private CompletableFuture<String> increment() {
        return ask(Command.INCR);
    }

    private CompletableFuture<String> read() {
        return ask(Command.GET);
    }

    /** On the event loop, as a request does. */
    private CompletableFuture<String> ask(Command command) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.runOnContext(there -> client.calls()
                .sendAsync(command, key)
                .subscribe()
                .with(value -> answer.complete(String.valueOf(value)), answer::completeExceptionally));
        return answer;
    }

    private int clients() {
        Matcher found =
                CLIENTS.matcher(client.calls().send(Command.INFO, "clients").toString());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }
}

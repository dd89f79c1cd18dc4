package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.drover.platform.faults.StoreFault;

/** Nobody takes scope, trace and log fields of a request along any more: so whatever becomes of its calls has to be told where they are. */
class CallerContextTest {

    private static final String SILENCE = "";
    private static final RedisScript SCRIPT = new RedisScript("script", "return 1", "0".repeat(40));

    /** Where requests ask from. */
    private enum Caller {
        EVENT_LOOP {
            @Override
            void run(ContextInternal request, Runnable call) {
                request.runOnContext(there -> call.run());
            }
        },
        VIRTUAL_THREAD {
            @Override
            void run(ContextInternal request, Runnable call) {
                Thread.startVirtualThread(() -> {
                    ContextInternal before = request.beginDispatch();
                    try {
                        call.run();
                    } finally {
                        request.endDispatch(before);
                    }
                });
            }
        };

        abstract void run(ContextInternal request, Runnable call);
    }

    /**
     * What became of a call.
     *
     * @param late how many calls had ended in a time-out by then
     */
    private record Told(Context where, String answer, Throwable failure, long late) {}

    private FakeRedis redis;
    private RedisClientSide client;

    @BeforeEach
    void start() throws Exception {
        redis = new FakeRedis();
        client = new RedisClientSide(redis.url(), 1);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        redis.close();
    }

    /** They share one connection, whose own context is none of theirs. */
    @ParameterizedTest
    @EnumSource
    void anAnswerIsToldInTheContextOfTheRequestThatAsked(Caller caller) throws Exception {
        List<ContextInternal> requests = new ArrayList<>();
        List<CompletableFuture<Told>> told = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ContextInternal request = (ContextInternal) client.request();
            requests.add(request);
            told.add(ask(caller, request, () -> client.calls().sendAsync(Command.GET, "key")));
        }

        for (int i = 0; i < requests.size(); i++) {
            Told one = told.get(i).get(5, TimeUnit.SECONDS);
            assertThat(one.answer()).isEqualTo("OK");
            assertThat(one.where()).isSameAs(requests.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsToldThereToo(Caller caller) throws Exception {
        redis.answers("-BUSY Redis is busy running a script\r\n");

        assertToldInItsContext(caller, StoreFault.BUSY, () -> client.calls().sendAsync(Command.GET, "key"));
    }

    @ParameterizedTest
    @EnumSource
    void andThatThereIsNoAnswer(Caller caller) throws Exception {
        redis.answers(SILENCE);

        assertToldInItsContext(caller, StoreFault.TIMEOUT, () -> client.calls().sendAsync(Command.GET, "key"));
    }

    @ParameterizedTest
    @EnumSource
    void andThatThereIsNoneSoSoonAsSomebodyWaits(Caller caller) throws Exception {
        redis.answers(SILENCE);

        Told told = assertToldInItsContext(caller, StoreFault.TIMEOUT, () -> client.calls()
                .runAsync(SCRIPT, List.of("key"), List.of(), Optional.of(RedisClientSide.TIMEOUT.dividedBy(10))));

        assertThat(told.late()).as("the call itself had not ended").isZero();
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (client.count("timeout") == 0) {
            assertThat(System.nanoTime()).as("it never ended").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Told assertToldInItsContext(Caller caller, StoreFault fault, Supplier<Uni<Response>> call)
            throws Exception {
        ContextInternal request = (ContextInternal) client.request();
        Told told = ask(caller, request, call).get(5, TimeUnit.SECONDS);
        assertThat(told.failure())
                .isInstanceOfSatisfying(StoreUnavailableException.class, failure -> assertThat(failure.fault())
                        .isEqualTo(fault));
        assertThat(told.where()).isSameAs(request);
        return told;
    }

    private CompletableFuture<Told> ask(Caller caller, ContextInternal request, Supplier<Uni<Response>> call) {
        CompletableFuture<Told> told = new CompletableFuture<>();
        caller.run(request, () -> call.get()
                .subscribe()
                .with(
                        answer -> told.complete(
                                new Told(Vertx.currentContext(), answer.toString(), null, client.count("timeout"))),
                        failure -> told.complete(
                                new Told(Vertx.currentContext(), null, failure, client.count("timeout")))));
        return told;
    }
}

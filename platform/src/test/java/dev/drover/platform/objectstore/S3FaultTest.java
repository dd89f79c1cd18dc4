package dev.drover.platform.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.faults.BreakerConfig;
import dev.drover.platform.faults.StoreFault;
import dev.drover.platform.redis.StoreUnavailableException;

/** What the door makes of an object store that is overloaded, silent, gone, or that refuses. */
class S3FaultTest {

    private static final Duration ANSWER_WITHIN = Duration.ofMillis(600);
    private static final Duration SLACK = Duration.ofMillis(500);
    private static final int BREAKER_CALLS = 4;
    private static final ObjectKey KEY = new ObjectKey("media/a/b/original");

    private record Breaker(int calls, int failurePercent, Duration delay) implements BreakerConfig {}

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private volatile int status = 200;
    private HttpServer server;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        store = S3ObjectStore.connect(
                new StoreSettings(
                        Optional.of(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort())),
                        Optional.empty(),
                        ANSWER_WITHIN),
                new Breaker(BREAKER_CALLS, 50, Duration.ofMillis(200)),
                meters);
        // The SDK loads its classes with the first call.
        status = 404;
        for (int i = 0; i < BREAKER_CALLS; i++) {
            try {
                store.head(KEY);
            } catch (StoreUnavailableException cold) {
                assertThat(cold.fault()).isEqualTo(StoreFault.TIMEOUT);
            }
        }
        requests.set(0);
    }

    @AfterEach
    void stop() {
        testIsOver.countDown();
        store.close();
        server.stop(0);
    }

    /** A status of 0 is no answer at all. */
    private void answer(HttpExchange request) {
        requests.incrementAndGet();
        try (request) {
            if (status == 0) {
                testIsOver.await(10, TimeUnit.SECONDS);
            }
            request.sendResponseHeaders(status == 0 ? 500 : status, -1);
        } catch (Exception gone) {
            // The client has given up, as it should.
        }
    }

    @Test
    void anOverloadedStoreIsAskedTwiceAndThenNotAtAll() {
        status = 503;
        assertThat(fault()).isEqualTo(StoreFault.BUSY);
        assertThat(requests).hasValue(2);

        while (fault() != StoreFault.GIVEN_UP) {
            assertThat(requests.get()).isLessThanOrEqualTo(2 * BREAKER_CALLS);
        }
        assertThat(meters.get("drover.breaker.state").tag("store", "s3").gauge().value())
                .isEqualTo(2);
        assertThat(meters.get("drover.s3.calls")
                        .tags("operation", "head", "outcome", "busy")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void aSilentStoreIsGivenUpInTimeAndFoundAgain() throws Exception {
        status = 0;
        long started = System.nanoTime();
        assertThat(fault()).isEqualTo(StoreFault.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(ANSWER_WITHIN.plus(SLACK));
        while (fault() != StoreFault.GIVEN_UP) {
            assertThat(requests.get()).isLessThanOrEqualTo(2 * BREAKER_CALLS);
        }

        status = 404;
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (!isAnswered()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aStoreThatIsGoneCannotBeReached() {
        server.stop(0);

        assertThat(fault()).isEqualTo(StoreFault.CONNECTION);
    }

    @Test
    void whatTheStoreRefusesForGoodIsOurMistake() {
        status = 403;
        for (int i = 0; i < 2 * BREAKER_CALLS; i++) {
            assertThatThrownBy(() -> store.head(KEY)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(requests).hasValue(2 * BREAKER_CALLS);
    }

    private boolean isAnswered() {
        try {
            return store.head(KEY).isEmpty();
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private StoreFault fault() {
        return catchThrowableOfType(StoreUnavailableException.class, () -> store.head(KEY))
                .fault();
    }
}

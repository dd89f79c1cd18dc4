package dev.drover.platform.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.faults.BreakerConfig;

/** Calls to the object store are spans where somebody traces, and cost none elsewhere. */
class ObjectStoreProducerTest {

    private record Breaker(int calls, int failurePercent, Duration delay) implements BreakerConfig {}

    private final List<String> spans = new CopyOnWriteArrayList<>();
    private final Tracer tracer = name -> {
        spans.add(name);
        return TracerProvider.noop().get("nobody").spanBuilder(name);
    };
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            request.sendResponseHeaders(404, -1);
            request.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCallIsASpan() {
        callTheStore(false);
        assertThat(spans).containsExactly("S3 HeadObject");
    }

    @Test
    void whereNothingIsTracedACallIsNoSpan() {
        callTheStore(true);
        assertThat(spans).isEmpty();
    }

    private void callTheStore(boolean isUntraced) {
        StoreSettings settings = new StoreSettings(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.empty(),
                Duration.ofSeconds(30));
        Breaker breaker = new Breaker(4, 50, Duration.ofMillis(200));
        try (S3ObjectStore store = new ObjectStoreProducer()
                .objectStore(settings, breaker, new SimpleMeterRegistry(), tracer, isUntraced)) {
            assertThat(store.head(new ObjectKey("nothing"))).isEmpty();
        }
    }
}

package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What a socket is to the transport below it for as long as it is open. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class OpenSocketTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Sees each request that may become a socket. */
    @Singleton
    static class Upgrades {

        private final List<WeakReference<RoutingContext>> requests = new CopyOnWriteArrayList<>();

        void register(@Observes Router router) {
            router.route("/realtime").order(-1).handler(request -> {
                requests.add(new WeakReference<>(request));
                request.next();
            });
        }
    }

    @Inject
    Upgrades upgrades;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();

    @Test
    void itIsNoRequestThatIsUnderWay() {
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            Eventually.within(SOON).untilAsserted(() -> assertThat(
                            meters.get("http.server.active.requests").gauges())
                    .allSatisfy(gauge -> assertThat(gauge.value()).isZero()));
            socket.hasNothingElse();
        }
    }

    /** Thousands of sockets would keep as many requests, with their headers and all that handled them. */
    @Test
    void theRequestItBeganAsIsNotKept() {
        upgrades.requests.clear();
        try (LiveSocket socket = LiveSocket.of(port, alice)) {
            assertThat(upgrades.requests).hasSize(1);
            Eventually.within(SOON).until(() -> {
                System.gc();
                return upgrades.requests.getFirst().refersTo(null);
            });
            socket.hasNothingElse();
        }
    }
}

package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

class RequestPatienceTest {

    private static final Duration WHOLE = Duration.ofSeconds(30);
    private static final long WAIT_MILLIS = 40;

    private record Terms(Duration timeout, int pipeline, int retries, Duration retryPause) implements RedisConfig {}

    /** Work that no client waits for would have all of it again. */
    @Test
    void theCallsOfARequestShareItsPatience() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Filters filters = new Filters();
            new RequestPatience(new Terms(WHOLE, 1, 0, Duration.ZERO)).register(filters);
            Router router = Router.router(vertx);
            filters.getFilters()
                    .forEach(filter ->
                            router.route().order(-filter.getPriority()).handler(filter.getHandler()));
            router.get("/").handler(request -> {
                Patience own = Patience.current(WHOLE);
                own.begin();
                vertx.setTimer(WAIT_MILLIS, answered -> {
                    own.end();
                    request.end(own.begin().toString());
                });
            });
            int port = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();

            assertThat(leftOf(port)).isBetween(WHOLE.minusSeconds(20), WHOLE.minusMillis(WAIT_MILLIS / 2));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Duration leftOf(int port) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                    .build();
            return Duration.parse(client.send(request, BodyHandlers.ofString()).body());
        }
    }
}

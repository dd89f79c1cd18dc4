package dev.drover.lab.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;

/** One port for the whole suite. It holds no state of a client: any request goes to any instance. */
public final class Gateway {
    private static final Duration LISTEN_DEADLINE = Duration.ofSeconds(5);
    private static final long HANG_CHECK_MILLIS = 200;
    private static final int TARGET_BYTES_MAX = 32 << 10;
    private static final int FIELDS_BYTES_MAX = 64 << 10;
    private static final int CONNECTIONS_PER_INSTANCE = 256;
    private static final int SOCKETS_PER_INSTANCE = 16_384;
    private static final int WAITING_PER_INSTANCE = 1_024;

    private final Vertx vertx;
    private final Backends backends;
    private final GatewayLimits limits;
    private final Load load = new Load();
    private final Routing routing;
    private final Traffic traffic = new Traffic();
    private final HttpClient client;
    private final HttpClient tunnels;

    public Gateway(Vertx vertx, Backends backends, GatewayLimits limits) {
        this.vertx = vertx;
        this.backends = backends;
        this.limits = limits;
        this.routing = new Routing(vertx, backends, load, limits);
        this.client = client(CONNECTIONS_PER_INSTANCE);
        this.tunnels = client(SOCKETS_PER_INSTANCE);
    }

    /**
     * Returns when it listens, on the loopback interface only.
     *
     * @param ownPages answers what no service serves
     */
    public HttpServer listen(int port, Handler<HttpServerRequest> ownPages) throws IOException {
        return listen("127.0.0.1", port, ownPages);
    }

    /**
     * Returns when it listens.
     *
     * @param host     the address to listen on
     * @param ownPages answers what no service serves
     */
    public HttpServer listen(String host, int port, Handler<HttpServerRequest> ownPages) throws IOException {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHandle100ContinueAutomatically(true)
                // As much as a service's own transport takes: what is too long is refused there, with a problem.
                .setMaxInitialLineLength(TARGET_BYTES_MAX)
                .setMaxHeaderSize(FIELDS_BYTES_MAX);
        vertx.setPeriodic(HANG_CHECK_MILLIS, timer -> load.abandonWhatHangs(backends));
        try {
            return vertx.createHttpServer(options)
                    .connectionHandler(connection -> connection.exceptionHandler(broken -> {}))
                    .requestHandler(request -> handle(request, ownPages))
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("port " + port + " cannot be listened on: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Requests and sockets an instance has through this gateway. Asked on the event loop. */
    public int inFlight(String instanceId) {
        return load.count(instanceId);
    }

    /** Asked on the event loop. */
    public Traffic traffic() {
        return traffic;
    }

    /** Sockets that are open through this gateway. Asked on the event loop. */
    public int sockets() {
        return load.sockets();
    }

    private void handle(HttpServerRequest request, Handler<HttpServerRequest> ownPages) {
        Optional<String> service = backends.serviceFor(request.path() == null ? "" : request.path());
        if (service.isEmpty()) {
            ownPages.handle(request);
        } else if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            new Tunnel(routing, tunnels, request, service.get()).run();
        } else {
            traffic.watch(request);
            new Exchange(routing, client, traffic, request, service.get()).run();
        }
    }

    private HttpClient client(int connectionsPerInstance) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) limits.connectTimeout().toMillis())
                .setKeepAliveTimeout(20);
        // A builder takes the pool's bounds from here only; with those of HttpClientOptions there would be five
        // connections.
        PoolOptions pool =
                new PoolOptions().setHttp1MaxSize(connectionsPerInstance).setMaxWaitQueueSize(WAITING_PER_INSTANCE);
        // Connections break when instances are killed: that is no error here, and what they carried is dealt with.
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }
}

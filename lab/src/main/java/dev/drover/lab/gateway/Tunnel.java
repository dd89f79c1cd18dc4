package dev.drover.lab.gateway;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;

/**
 * A WebSocket through the gateway: the handshake may be tried on several instances, then bytes pass both ways with back-pressure. When
 * either end closes, so does the other; the client then connects anew.
 */
final class Tunnel implements Load.Work {
    private static final long WAIT_STEP_MILLIS = 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final Backends backends;
    private final Load load;
    private final GatewayLimits limits;
    private final HttpServerRequest request;
    private final String service;
    private final long startedNanos = System.nanoTime();
    private final Set<Backend> tried = new HashSet<>();
    private Backend backend;
    private HttpClientRequest handshake;
    private NetSocket upstream;
    private boolean over;

    Tunnel(
            Vertx vertx,
            HttpClient client,
            Backends backends,
            Load load,
            GatewayLimits limits,
            HttpServerRequest request,
            String service) {
        this.vertx = vertx;
        this.client = client;
        this.backends = backends;
        this.load = load;
        this.limits = limits;
        this.request = request;
        this.service = service;
    }

    void run() {
        request.response().closeHandler(closed -> end());
        attempt();
    }

    @Override
    public boolean isSocket() {
        return upstream != null;
    }

    @Override
    public void abandon() {
        if (upstream != null) {
            upstream.close();
        } else if (handshake != null) {
            handshake.reset();
        }
    }

    private void attempt() {
        if (over) {
            return;
        }
        Optional<Backend> chosen = load.leastBusy(backends.ready(service), tried);
        if (chosen.isPresent()) {
            tried.add(chosen.get());
            connect(chosen.get());
        } else if (elapsedMillis() < limits.untilReady().toMillis()) {
            vertx.setTimer(WAIT_STEP_MILLIS, timer -> attempt());
        } else {
            Problems.send(
                    request,
                    503,
                    "no_instance",
                    "No instance is ready",
                    "no instance of " + service + " can take this socket now");
        }
    }

    private void connect(Backend chosen) {
        backend = chosen;
        load.begin(chosen, this);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(chosen.host())
                .setPort(chosen.port())
                .setURI(request.uri());
        client.request(options)
                .compose(outgoing -> {
                    handshake = outgoing;
                    outgoing.exceptionHandler(broken -> {});
                    outgoing.headers().addAll(ForwardedHeaders.ofRequest(request));
                    outgoing.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
                    return outgoing.connect();
                })
                .onSuccess(this::answered)
                .onFailure(broken -> failed());
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            abandon();
            return;
        }
        if (answer.statusCode() == 503 && tried.size() < limits.attempts()) {
            // It drains or holds as many sockets as it can; another one may take this one.
            answer.body().onComplete(read -> {
                load.end(backend, this);
                attempt();
            });
            return;
        }
        request.response().setStatusCode(answer.statusCode());
        if (answer.statusCode() != 101) {
            request.response().headers().addAll(ForwardedHeaders.endToEnd(answer.headers()));
            answer.body().onSuccess(whole -> request.response().end(whole)).onComplete(sent -> end());
            return;
        }
        // Connection and Upgrade belong to the handshake, and pass with it.
        request.response().headers().addAll(answer.headers());
        upstream = answer.netSocket();
        upstream.pause();
        request.toNetSocket().onSuccess(this::join).onFailure(gone -> end());
    }

    private void join(NetSocket downstream) {
        downstream.exceptionHandler(broken -> {});
        upstream.exceptionHandler(broken -> {});
        // A pipe ends its target when its source ends, which closes a socket.
        downstream.pipeTo(upstream).onComplete(done -> upstream.close());
        upstream.pipeTo(downstream).onComplete(done -> {
            downstream.close();
            end();
        });
    }

    private void failed() {
        load.end(backend, this);
        backends.suspect(backend);
        if (tried.size() < limits.attempts()) {
            attempt();
            return;
        }
        Problems.send(request, 502, "instance_lost", "The instance was lost", "no instance completed the handshake");
    }

    private void end() {
        over = true;
        abandon();
        if (backend != null) {
            load.end(backend, this);
        }
    }

    private long elapsedMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }
}

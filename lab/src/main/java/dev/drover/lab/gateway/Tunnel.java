package dev.drover.lab.gateway;

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
    private final Routing routing;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final Search search;
    private Backend backend;
    private HttpClientRequest handshake;
    private NetSocket upstream;
    private boolean over;

    Tunnel(Routing routing, HttpClient client, HttpServerRequest request, String service) {
        this.routing = routing;
        this.client = client;
        this.request = request;
        this.search = new Search(routing, request, service, "socket");
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
        search.next(() -> over, this::connect);
    }

    private void connect(Backend chosen) {
        backend = chosen;
        routing.load().begin(chosen, this);
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
        if (answer.statusCode() == 503 && search.tried() < routing.limits().attempts()) {
            // It drains or holds as many sockets as it can; another one may take this one.
            answer.body().onComplete(read -> {
                routing.load().end(backend, this);
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
        routing.load().end(backend, this);
        routing.backends().suspect(backend);
        if (search.tried() < routing.limits().attempts()) {
            attempt();
            return;
        }
        Problems.send(request, 502, "instance_lost", "The instance was lost", "no instance completed the handshake");
    }

    private void end() {
        over = true;
        abandon();
        if (backend != null) {
            routing.load().end(backend, this);
        }
    }
}

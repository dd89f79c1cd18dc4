package dev.drover.lab.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A port that leads to another one until it is cut. */
final class Wire implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final int to;
    private final int port;
    private NetServer server;

    Wire(int to) {
        this.to = to;
        this.port = listen(0);
    }

    int port() {
        return port;
    }

    void cut() {
        server.close().toCompletionStage().toCompletableFuture().join();
        open.forEach(NetSocket::close);
    }

    void mend() {
        listen(port);
    }

    private int listen(int wanted) {
        server = vertx.createNetServer().connectHandler(this::lead);
        return server.listen(wanted, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void lead(NetSocket from) {
        open.add(from);
        from.closeHandler(closed -> open.remove(from));
        from.pause();
        client.connect(to, "127.0.0.1").onFailure(away -> from.close()).onSuccess(there -> {
            from.pipeTo(there);
            there.pipeTo(from);
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

package dev.drover.lab.cluster;

import java.net.URI;
import java.util.Set;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;

/**
 * Where clients of the suite call its object store {@code localhost}, because a cluster's port is forwarded to there, a client in a pod would
 * find nobody. For those of this pod that port leads to the edge, byte by byte, so that what was signed for that name stays right.
 */
final class StoreRelay {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");
    private static final int EDGE_OBJECTS_PORT = 8081;
    private static final int CONNECT_MILLIS = 2_000;

    private final NetClient client;
    private final String edge;

    private StoreRelay(Vertx vertx, String edge) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.edge = edge;
    }

    /** Listens on this pod's loopback interface only, and only when there is something to lead. */
    static void open(Vertx vertx, String storeOrigin, URI edge) {
        URI store = URI.create(storeOrigin);
        if (store.getHost() == null || !THIS_MACHINE.contains(store.getHost()) || store.getPort() < 1) {
            return;
        }
        StoreRelay relay = new StoreRelay(vertx, edge.getHost());
        vertx.createNetServer().connectHandler(relay::lead).listen(store.getPort(), "127.0.0.1");
    }

    private void lead(NetSocket from) {
        from.pause();
        client.connect(EDGE_OBJECTS_PORT, edge).onFailure(away -> from.close()).onSuccess(to -> {
            from.exceptionHandler(broken -> to.close());
            to.exceptionHandler(broken -> from.close());
            from.pipeTo(to);
            to.pipeTo(from);
        });
    }
}

package dev.drover.lab.prove.model;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.herd.Member;

/**
 * A suite in one process that says what the real one says, with two instances that share a store, and a gateway that takes them in turn. It can
 * break one promise: what a proof is worth shows by what it finds then.
 */
public final class ModelSuite implements Herd {
    private static final int INSTANCES = 2;
    private static final List<String> SERVICES = List.of("auth", "jobs", "media", "profile", "realtime");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ModelStore store = new ModelStore();
    private final Defect defect;
    private final List<ModelInstance> instances;
    private final ModelSockets sockets;
    private final List<Integer> ports;
    private final int gatewayPort;
    private int turn;

    public ModelSuite(Defect defect) {
        this.defect = defect;
        this.sockets = new ModelSockets(vertx, store, defect);
        this.instances = IntStream.range(0, INSTANCES)
                .mapToObj(number -> new ModelInstance(vertx, store, sockets, defect, number))
                .toList();
        this.ports =
                instances.stream().map(instance -> listen(instance::handle)).toList();
        this.gatewayPort = listen(request -> instances.get(turn++ % INSTANCES).handle(request));
        vertx.setPeriodic(100, timer -> instances.getFirst().tick());
    }

    private int listen(io.vertx.core.Handler<HttpServerRequest> handler) {
        return await(vertx.createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("drover.v1.json")))
                .webSocketHandler(sockets::handle)
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .map(server -> server.actualPort())
                .toCompletionStage()
                .toCompletableFuture());
    }

    @Override
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + gatewayPort);
    }

    @Override
    public List<Member> members() {
        return SERVICES.stream()
                .flatMap(service -> IntStream.range(0, INSTANCES)
                        .mapToObj(number -> new Member(
                                service + "-" + number,
                                service,
                                URI.create("http://127.0.0.1:" + ports.get(number)),
                                true)))
                .toList();
    }

    @Override
    public Set<FaultKind> possible() {
        return EnumSet.of(FaultKind.REDIS_RESTART);
    }

    @Override
    public List<String> services() {
        return SERVICES;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean isWholeAfter(FaultKind kind, String target) {
        return true;
    }

    @Override
    public Optional<String> inflict(FaultKind kind, String service, int number, Struck struck) {
        struck.at("redis");
        if (defect == Defect.STORE_WITHOUT_FILE) {
            await(onLoop(store::forget));
        }
        return Optional.of("redis");
    }

    private CompletableFuture<Void> onLoop(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.runOnContext(loop -> {
            work.run();
            done.complete(null);
        });
        return done;
    }

    @Override
    public Optional<Admin> admin() {
        return Optional.of(new Admin(ModelAccounts.ADMIN, "counts sheep at night", true));
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}

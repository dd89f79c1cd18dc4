package dev.drover.lab.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.control.ControlApi;
import dev.drover.lab.gateway.Gateway;
import dev.drover.lab.gateway.GatewayLimits;
import dev.drover.lab.mailbox.MailServer;
import dev.drover.lab.mailbox.Mailbox;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.lab.operator.Operator;
import dev.drover.lab.operator.OperatorAccount;
import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.queues.QueuesApi;
import dev.drover.lab.room.ControlRoom;
import dev.drover.lab.room.ServiceView;
import dev.drover.lab.room.StorePort;

/** The control room of a suite in a namespace: a program of its own there, on one port, behind a token. */
public final class ClusterRoom implements AutoCloseable {
    private static final int MANAGEMENT_PORT = 9000;
    private static final String HEALTH = "/q/health/";

    private final KubernetesClient client;
    private final RoomSettings settings;
    private final Vertx vertx;
    private final ClusterView view;
    private final PodUsage usage;
    private final PodTraffic traffic;
    private final KubernetesFleet fleet;
    private final ControlRoom room;
    private final Optional<MailServer> mails;
    private final Optional<Operator> operator;

    private ClusterRoom(KubernetesClient client, RoomSettings settings, Map<String, String> environment, Clock clock)
            throws IOException {
        this.client = client;
        this.settings = settings;
        this.vertx = newVertx();
        this.view = new ClusterView(client, settings.namespace(), new Events(), clock);
        this.usage = new PodUsage(client, settings.namespace());
        this.traffic = new PodTraffic(this::targets);
        ClusterHands hands = new ClusterHands(client, settings.namespace(), clock);
        this.fleet = new KubernetesFleet(view, hands, usage, traffic, clock);
        Mailbox mailbox = new Mailbox();
        this.mails = settings.smtpPort().isPresent()
                ? Optional.of(MailServer.start(
                        InetAddress.getByName(settings.host()),
                        settings.smtpPort().get(),
                        mailbox,
                        clock))
                : Optional.empty();
        boolean known = mails.isPresent() && OperatorAccount.EMAIL.equals(environment.get("BOOTSTRAP_ADMIN_EMAIL"));
        this.operator = known ? Optional.of(operator(mailbox, clock)) : Optional.empty();
        Context context = vertx.getOrCreateContext();
        Gateway gateway = new Gateway(vertx, new EdgeBackend(settings.edge()), GatewayLimits.DEFAULTS);
        ClusterTraffic answered = new ClusterTraffic(gateway.traffic(), traffic);
        Map<String, StorePort> stores = new TreeMap<>();
        stores.put("redis", new ClusterStore(view, hands, ClusterView.REDIS));
        stores.put("s3", new ClusterStore(view, hands, ClusterView.OBJECT_STORE));
        ControlRoom.Parts parts = new ControlRoom.Parts(
                fleet,
                answered::take,
                answered::sockets,
                // Through the own port, so that what it takes is seen.
                new SuiteApi(URI.create("http://127.0.0.1:" + settings.port())),
                stores,
                () -> operator.map(Operator::waiting).orElseGet(OptionalLong::empty),
                answered::queueLatency,
                this::autoscale,
                proofCommand(),
                proofEnvironment(),
                settings.data());
        Access access = Access.byToken(settings.token(), settings.origins(), clock);
        this.room = new ControlRoom(vertx, context, parts, access, clock);
        ControlApi control = new ControlApi(
                () -> described(clock),
                mails.map(taken -> new MailboxApi(mailbox)),
                new QueuesApi(access, operator.map(Operator::queues)),
                room.api(),
                access,
                settings.storeOrigin());
        gateway.listen(settings.host(), settings.port(), request -> answer(request, control));
        StoreRelay.open(vertx, settings.storeOrigin(), settings.edge());
    }

    /** Returns when it listens. */
    static ClusterRoom start(
            KubernetesClient client, RoomSettings settings, Map<String, String> environment, Clock clock)
            throws IOException {
        Files.createDirectories(settings.data().resolve("logs"));
        ClusterRoom started = new ClusterRoom(client, settings, environment, clock);
        started.view.start();
        started.usage.start();
        started.traffic.start();
        started.room.start();
        started.operator.ifPresent(Operator::start);
        return started;
    }

    /** The room is up as long as it answers; that the cluster's API is away is something to be shown. */
    private static void answer(HttpServerRequest request, ControlApi control) {
        if (String.valueOf(request.path()).startsWith(HEALTH)) {
            request.response().putHeader("Content-Type", "application/json").end("{\"status\":\"UP\"}");
        } else {
            control.handle(request);
        }
    }

    private Operator operator(Mailbox mailbox, Clock clock) {
        SuiteApi api = new SuiteApi(settings.edge());
        return new Operator(api, new OperatorAccount(api, mailbox, settings.data()), clock);
    }

    private List<PodTraffic.Target> targets() {
        return view.suite().stream()
                .filter(pod -> PodState.isReady(pod) && pod.getStatus().getPodIP() != null)
                .map(ClusterRoom::target)
                .toList();
    }

    private static PodTraffic.Target target(Pod pod) {
        String ip = pod.getStatus().getPodIP();
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        return new PodTraffic.Target(
                pod.getMetadata().getName(), URI.create("http://" + host + ":" + MANAGEMENT_PORT + "/q/metrics"));
    }

    private JsonObject autoscale() {
        for (Workload workload : Workload.values()) {
            if (view.autoscaler(workload).isPresent()) {
                return new JsonObject().put("on", true);
            }
        }
        return new JsonObject();
    }

    private JsonObject described(Clock clock) {
        JsonArray instances = new JsonArray();
        for (ServiceView service : fleet.look()) {
            service.members()
                    .forEach(member -> instances.add(new JsonObject()
                            .put("id", member.id())
                            .put("service", service.name())
                            .put("state", member.condition().label())
                            .put("startedAt", member.startedAt().toString())));
        }
        return new JsonObject().put("at", clock.instant().toString()).put("instances", instances);
    }

    private List<String> proofCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xss512k",
                "-Xmx320m",
                "-jar",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                "prove",
                "--data",
                settings.data().toString(),
                "--namespace",
                settings.namespace(),
                "--url",
                settings.edge().toString());
    }

    private Map<String, String> proofEnvironment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        if (operator.isPresent()) {
            environment.put("DROVER_ADMIN_EMAIL", OperatorAccount.EMAIL);
            environment.put("DROVER_ADMIN_PASSWORD", OperatorAccount.password(settings.data()));
        }
        return environment;
    }

    private static Vertx newVertx() {
        // One event loop: gateway and room share their state without locks.
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    @Override
    public void close() {
        operator.ifPresent(Operator::close);
        room.close();
        traffic.close();
        usage.close();
        view.close();
        mails.ifPresent(MailServer::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    /** Called by the watches' threads, which begin after the room is made. */
    private final class Events implements ClusterEvents {
        @Override
        public void ready(String pod) {
            room.mark("ready", pod + " is ready", pod);
            room.lookSoon();
        }

        @Override
        public void ended(String pod) {
            fleet.ended(pod);
            room.mark("ended", pod + " ended", pod);
            room.lookSoon();
        }

        @Override
        public void changed() {
            room.lookSoon();
        }
    }
}

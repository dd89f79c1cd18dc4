package dev.drover.lab.suite;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.autoscale.Autoscaler;
import dev.drover.lab.control.ControlApi;
import dev.drover.lab.control.FleetView;
import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.InstanceLauncher;
import dev.drover.lab.fleet.InstanceState;
import dev.drover.lab.fleet.ProcessFleet;
import dev.drover.lab.fleet.ReadinessWatch;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.gateway.Gateway;
import dev.drover.lab.gateway.GatewayLimits;
import dev.drover.lab.mailbox.MailServer;
import dev.drover.lab.mailbox.Mailbox;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.lab.operator.Operator;
import dev.drover.lab.operator.OperatorAccount;
import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.queues.QueuesApi;
import dev.drover.lab.room.LocalRoom;
import dev.drover.lab.room.QueueLatency;
import dev.drover.lab.stores.Stores;

/** Stores, fleet and gateway, started and stopped together. */
public final class Suite {
    private static final long READY_CHECK_MILLIS = 20;
    private static final int TOKEN_BYTES = 24;

    private final SuitePlan plan;
    private final URI publicUrl;
    private final DataFolder data;
    private final Stores stores;
    private final ProcessFleet fleet;
    private final MailServer mails;
    private final Mailbox mailbox;
    private final Vertx vertx;
    private final Announcements announcements;
    private final String token = newToken();
    private final Instant startedAt;
    private LocalRoom room;
    private Operator operator;
    private Optional<Autoscaler> autoscaler = Optional.empty();

    private Suite(
            SuitePlan plan,
            DataFolder data,
            Stores stores,
            MailServer mails,
            Mailbox mailbox,
            ProcessFleet fleet,
            Announcements announcements,
            Vertx vertx,
            Instant startedAt) {
        this.plan = plan;
        this.publicUrl = publicUrl(plan);
        this.data = data;
        this.stores = stores;
        this.mails = mails;
        this.mailbox = mailbox;
        this.fleet = fleet;
        this.announcements = announcements;
        this.vertx = vertx;
        this.startedAt = startedAt;
    }

    /** Returns when stores and gateway answer and the first instances are starting. */
    public static Suite start(SuitePlan plan, DataFolder data, Stores stores, FleetEvents events, Clock clock)
            throws IOException {
        Mailbox mailbox = new Mailbox();
        MailServer mails = MailServer.onThisMachine(mailbox, clock);
        ServiceEnvironment environment = new ServiceEnvironment(
                publicUrl(plan),
                SuiteKeys.in(data.path()).prepared(),
                stores.environment(),
                mails.environment(),
                System.getenv());
        InstanceLauncher launcher =
                new InstanceLauncher(plan::command, environment::of, data.path().resolve("logs"), clock);
        Announcements announcements = new Announcements(events);
        ProcessFleet fleet =
                new ProcessFleet(plan.replicas(), List.of(Service.values()), launcher, announcements, clock);
        // One event loop: gateway, probes and control API share their state without locks.
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                // Nothing is read from the class path by Vert.x, so it need not leave a cache in the temporary folder.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Suite suite = new Suite(plan, data, stores, mails, mailbox, fleet, announcements, vertx, clock.instant());
        try {
            suite.listen(clock);
        } catch (IOException e) {
            mails.close();
            vertx.close();
            throw e;
        }
        new ReadinessWatch(vertx, fleet).start();
        fleet.start();
        suite.room.start();
        if (OperatorAccount.isBootstrapped(System.getenv())) {
            suite.operator.start();
        }
        suite.autoscaler.ifPresent(Autoscaler::start);
        return suite;
    }

    public static URI publicUrl(SuitePlan plan) {
        return URI.create("http://localhost:" + plan.port());
    }

    public Fleet fleet() {
        return fleet;
    }

    public Stores stores() {
        return stores;
    }

    public int size() {
        return fleet.size();
    }

    /** @return whether every slot had a ready instance within the time */
    public boolean awaitReady(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (readyInstances() < fleet.size()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(READY_CHECK_MILLIS);
        }
        return true;
    }

    public long readyInstances() {
        return fleet.instances().stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .count();
    }

    /** Lets other programs of this user find the suite. */
    public LabFile publish() throws IOException {
        LabFile file = new LabFile(new JsonObject()
                .put("pid", ProcessHandle.current().pid())
                .put("gateway", publicUrl.toString())
                .put("port", plan.port())
                .put("token", token)
                .put("startedAt", startedAt.toString())
                .put("stores", stores.description())
                .put("instances", FleetView.of(fleet.instances(), instance -> 0)));
        file.write(data.path());
        return file;
    }

    /** The instances first, while the gateway still carries their last requests, then everything they stood on. */
    public void stop() {
        LabFile.delete(data.path());
        autoscaler.ifPresent(Autoscaler::close);
        operator.close();
        room.close();
        fleet.stop(plan.stopWithin());
        vertx.close().toCompletionStage().toCompletableFuture().join();
        mails.close();
        stores.close();
    }

    private void listen(Clock clock) throws IOException {
        Context context = vertx.getOrCreateContext();
        Gateway gateway = new Gateway(vertx, new FleetBackends(fleet), GatewayLimits.DEFAULTS);
        Access access = Access.onThisMachine(token, plan.port());
        operator = operator(clock);
        QueueLatency latency = new QueueLatency(vertx, fleet);
        context.runOnContext(now -> latency.start());
        LocalRoom.Parts parts = new LocalRoom.Parts(
                fleet,
                gateway,
                new SuiteApi(publicUrl),
                stores.switches(),
                operator::waiting,
                latency::seconds,
                () -> autoscaler.map(Autoscaler::view).orElseGet(JsonObject::new),
                plan.proofCommand(data.path()),
                data.path());
        room = new LocalRoom(vertx, context, parts, access, clock);
        announcements.alsoTell(room);
        if (plan.autoscaledTo().isPresent()) {
            autoscaler = Optional.of(new Autoscaler(
                    fleet,
                    latency::seconds,
                    plan.home(),
                    plan.replicas(),
                    plan.autoscaledTo().get(),
                    (service, from, to) -> room.mark(
                            "scale", "the autoscaler takes " + service + " from " + from + " to " + to, service),
                    clock));
        }
        ControlApi control = new ControlApi(
                () -> FleetView.of(fleet, gateway::inFlight, clock.instant()),
                Optional.of(new MailboxApi(mailbox)),
                new QueuesApi(access, Optional.of(operator.queues())),
                room.api(),
                access,
                stores.publicOrigin());
        gateway.listen(plan.port(), control);
    }

    private Operator operator(Clock clock) {
        SuiteApi api = new SuiteApi(publicUrl);
        return new Operator(api, new OperatorAccount(api, mailbox, data.path()), clock);
    }

    private static String newToken() {
        byte[] drawn = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}

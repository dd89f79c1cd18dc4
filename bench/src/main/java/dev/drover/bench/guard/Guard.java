package dev.drover.bench.guard;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.Refused;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;
import dev.drover.bench.work.Flags;
import dev.drover.bench.work.Trading;

/**
 * Counts what requests cost, one after the other on one connection, and compares with bench/baseline.json. Nothing is timed, so it says the
 * same on a busy machine. The services are compiled by C1 alone, which leaves no allocation out: what C2 leaves out depends on how warm it is.
 */
public final class Guard {

    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:-DisableAttachMechanism");

    /** Until nothing is done for the first time any more; how fast it is does not matter. */
    private static final int WARM_UP = 100;

    private static final int BATCHES = 7;
    private static final int BATCH = 30;

    /** A bulk is a thousand jobs. */
    private static final int BULK_SHARE = 10;

    private final Path home;
    private final PrintStream out;

    public Guard(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /** @return what has grown; empty when all is as agreed, or {@code accept} made it so */
    public List<String> run(Path data, boolean accept) throws IOException {
        Map<String, Cost> costs = new LinkedHashMap<>();
        try (Drover drover = Drover.start(home, data)) {
            URI redis = drover.redis().url();
            out.printf("%-14s %12s %10s %16s%n", "request", "reads", "commands", "bytes allocated");
            for (Probe probe : probes(drover, redis)) {
                Cost cost = measure(probe, redis);
                costs.put(probe.id(), cost);
                out.printf(
                        "%-14s %12.2f %10.2f %,16.0f%n",
                        probe.id(), cost.reads(), cost.commands(), cost.allocatedBytes());
            }
        }
        Path file = home.resolve("bench/baseline.json");
        Baseline measured = Baseline.now(costs);
        if (accept) {
            measured.write(file);
            return List.of();
        }
        if (!Files.exists(file)) {
            return List.of("bench/baseline.json is not there");
        }
        return Baseline.read(file).grown(measured);
    }

    private List<Probe> probes(Drover drover, URI redis) throws IOException {
        Map<Service, Instance> instances = new EnumMap<>(Service.class);
        for (Service service : List.of(Service.AUTH, Service.PROFILE, Service.MEDIA, Service.JOBS, Service.REALTIME)) {
            instances.put(service, drover.start(service, environment(service), FLAGS));
        }
        Map<String, String> limits = new HashMap<>(environment(Service.PROFILE));
        limits.put("RATE_LIMIT_READ", "1000000/PT1S");
        Instance limited = drover.start(Service.PROFILE, limits, FLAGS);
        for (Instance instance : instances.values()) {
            instance.awaitReady();
        }
        return probes(redis, instances, limited.awaitReady());
    }

    private static List<Probe> probes(URI redis, Map<Service, Instance> instances, Instance limited)
            throws IOException {
        URI auth = instances.get(Service.AUTH).base();
        Account account =
                Flags.define(redis, auth, instances.get(Service.PROFILE).base(), Account.signUp(auth, "guard"));
        List<Probe> probes = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.values()) {
            HttpCall call = endpoint.call(account, "guard");
            probes.add(new Probe(endpoint.id(), instances.get(endpoint.service()), sending(call)));
        }
        probes.add(new Probe("refresh", instances.get(Service.AUTH), new Trading(account.refreshToken())));
        HttpCall publish =
                HttpCall.json("POST", "/realtime/channels/public:guard/messages", "{\"data\":" + HttpCall.NUMBER + "}");
        probes.add(new Probe("publish", instances.get(Service.REALTIME), sending(publish.bearer(account.token()))));
        probes.add(new Probe("limited", limited, sending(Endpoint.PROFILE.call(account, "guard"))));
        return probes;
    }

    /** Nothing is done that nobody asked for: neither looking for work nor sweeping, and for changed flags as seldom as may be. */
    private static Map<String, String> environment(Service service) {
        Map<String, String> quiet = new HashMap<>(Map.of("DROVER_FLAGS_POLL", "PT1M"));
        List<String> sweeps =
                switch (service) {
                    case AUTH -> List.of("AUTH_ERRANDS_EVERY", "AUTH_AUDIT_EVERY");
                    case MEDIA -> List.of("DROVER_MEDIA_OUTBOX_EVERY");
                    case JOBS ->
                        List.of(
                                "DROVER_JOBS_OUTBOX_EVERY",
                                "DROVER_JOBS_RECOVERY_EVERY",
                                "DROVER_JOBS_SCHEDULES_EVERY",
                                "DROVER_JOBS_QUEUE_LATENCY_EVERY",
                                "DROVER_JOBS_MEDIA_OUTBOX_EVERY");
                    case PROFILE, REALTIME, BARE -> List.of();
                };
        sweeps.forEach(sweep -> quiet.put(sweep, "off"));
        if (service == Service.JOBS) {
            quiet.put("JOBS_ROLE", "api");
        }
        return quiet;
    }

    private static Turn sending(HttpCall call) {
        long[] number = {0};
        return connection -> {
            int status = connection.send(call, ++number[0]);
            if (status / 100 != 2) {
                throw new Refused(call.path() + " was answered " + status + ": " + connection.body());
            }
        };
    }

    private static Cost measure(Probe probe, URI redis) throws IOException {
        int share = probe.id().equals(Endpoint.BULK.id()) ? BULK_SHARE : 1;
        int batch = BATCH / share;
        try (Meter meter = Meter.of(redis, probe.instance().pid());
                Connection connection = new Connection(probe.base())) {
            for (int i = 0; i < WARM_UP / share; i++) {
                probe.turn().take(connection);
            }
            Cost look = meter.overhead();
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                Cost before = meter.now();
                for (int n = 0; n < batch; n++) {
                    probe.turn().take(connection);
                }
                costs.add(meter.now().minus(before).minus(look));
            }
            return Cost.median(costs).dividedBy(batch);
        }
    }
}

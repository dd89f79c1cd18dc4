package dev.drover.lab.autoscale;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.InstanceState;
import dev.drover.lab.fleet.Service;

/** Scales the processes of this machine as a cluster would scale its pods, by the rules of {@code deploy}. */
public final class Autoscaler implements AutoCloseable {
    /** As the controller in a cluster does by default. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    /** What a process uses in its first half minute is its start. */
    private static final Duration STARTED_UP_AFTER = Duration.ofSeconds(30);

    private static final String LATENCY_METRIC = "drover_queue_latency_seconds";

    /** Locally one process takes jobs and works on them; what decides is the work. */
    private static final Map<Service, String> NAMES = Map.of(Service.JOBS, "jobs-worker");

    private final Fleet fleet;
    private final Supplier<OptionalDouble> queueLatency;
    private final Clock clock;
    private final Told told;
    private final Map<Service, ScalingRules> rules = new EnumMap<>(Service.class);
    private final Map<Service, HorizontalScaler> scalers = new EnumMap<>(Service.class);
    private Map<String, Used> lastUsed = new HashMap<>();
    private Thread looking;

    /** Hears of every change. */
    public interface Told {
        void scaled(String service, int from, int to);
    }

    private record Used(Instant at, Duration cpu) {}

    /**
     * @param home where the manifests are
     * @param min  members of each service at least
     * @param max  at most, where the manifests allow more
     */
    public Autoscaler(
            Fleet fleet, Supplier<OptionalDouble> queueLatency, Path home, int min, int max, Told told, Clock clock)
            throws IOException {
        this.fleet = fleet;
        this.queueLatency = queueLatency;
        this.told = told;
        this.clock = clock;
        ScalingManifests manifests = new ScalingManifests(home);
        for (Service service : Service.values()) {
            String name = NAMES.getOrDefault(service, service.label() + "-service");
            ScalingRules read = manifests.rules(name).within(min, max);
            rules.put(service, read);
            scalers.put(service, new HorizontalScaler(read, clock));
        }
    }

    public void start() {
        looking = Thread.ofVirtual().name("autoscaler").start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.sleep(LOOK);
                    runOnce();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The bounds by service, for those who look. */
    public JsonObject view() {
        JsonObject bounds = new JsonObject();
        rules.forEach((service, read) -> bounds.put(
                service.label(), new JsonObject().put("min", read.min()).put("max", read.max())));
        return new JsonObject().put("on", true).put("bounds", bounds);
    }

    void runOnce() {
        Map<String, Used> before = lastUsed;
        lastUsed = new HashMap<>();
        Map<String, Double> external = new HashMap<>();
        queueLatency.get().ifPresent(seconds -> external.put(LATENCY_METRIC, seconds));
        List<Instance> instances = fleet.instances();
        scalers.forEach((service, scaler) -> {
            int current = fleet.wanted(service);
            int wanted = scaler.decide(current, observe(service, instances, before, external));
            if (wanted != current) {
                fleet.scale(service, wanted);
                told.scaled(service.label(), current, wanted);
            }
        });
    }

    private Observation observe(
            Service service, List<Instance> instances, Map<String, Used> before, Map<String, Double> external) {
        List<Double> ready = new ArrayList<>();
        int notReady = 0;
        for (Instance instance : instances) {
            if (instance.service() != service || instance.state() == InstanceState.DRAINING) {
                continue;
            }
            OptionalDouble millis = cpuMillis(instance, before);
            boolean startedUp = instance.startedAt().plus(STARTED_UP_AFTER).isBefore(clock.instant());
            if (instance.state() == InstanceState.READY && startedUp && millis.isPresent()) {
                ready.add(millis.getAsDouble());
            } else {
                notReady++;
            }
        }
        return new Observation(ready, notReady, external);
    }

    private OptionalDouble cpuMillis(Instance instance, Map<String, Used> before) {
        Instant now = clock.instant();
        Duration cpu = ProcessHandle.of(instance.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(null);
        if (cpu == null) {
            return OptionalDouble.empty();
        }
        lastUsed.put(instance.id(), new Used(now, cpu));
        Used last = before.get(instance.id());
        if (last == null || !now.isAfter(last.at())) {
            return OptionalDouble.empty();
        }
        double elapsed = Duration.between(last.at(), now).toMillis();
        return OptionalDouble.of(cpu.minus(last.cpu()).toMillis() * 1_000.0 / elapsed);
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}

package dev.drover.lab.room;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.gateway.Traffic;
import dev.drover.lab.load.LoadGenerator;

/**
 * The control room: looks at everything twice a second, notes every second what it saw, and tells those who follow. Lives on one event loop;
 * what is told from elsewhere comes through {@link #mark} and {@link #lookSoon}.
 */
final class Room {
    private static final long LOOK_MILLIS = 500;
    private static final long SAMPLE_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final FleetPort fleet;
    private final Sources sources;
    private final Clock clock;
    private final Timeline timeline;
    private final LiveStream stream;
    private final Map<String, Double> rates = new HashMap<>();
    private List<ServiceView> seen = List.of();
    private boolean lookPending;

    /** What the room is told by the other parts of the lab. Each answers at once. */
    record Sources(
            Supplier<Traffic.Seen> traffic,
            IntSupplier sockets,
            Supplier<OptionalLong> queueDepth,
            Supplier<OptionalDouble> queueLatency,
            Map<String, StorePort> stores,
            LoadGenerator load,
            Supplier<JsonObject> proof,
            Supplier<JsonObject> autoscale) {}

    Room(Vertx vertx, Context context, FleetPort fleet, Sources sources, Clock clock) {
        this.vertx = vertx;
        this.context = context;
        this.fleet = fleet;
        this.sources = sources;
        this.clock = clock;
        this.timeline = new Timeline(clock.millis());
        this.stream = new LiveStream(timeline);
    }

    /** On the event loop. */
    void start() {
        look();
        vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        vertx.setPeriodic(SAMPLE_MILLIS, timer -> sample());
    }

    LiveStream stream() {
        return stream;
    }

    double requestsPerSecond(String instanceId) {
        return rates.getOrDefault(instanceId, 0.0);
    }

    /** From any thread. */
    void mark(String kind, String text, String target) {
        JsonObject mark = new JsonObject()
                .put("at", clock.millis())
                .put("kind", kind)
                .put("text", text)
                .put("target", target);
        context.runOnContext(now -> stream.entry(timeline.mark(mark)));
    }

    /** From any thread: something has just happened, and nobody should wait half a second to see it. */
    void lookSoon() {
        context.runOnContext(now -> {
            if (!lookPending) {
                lookPending = true;
                vertx.setTimer(20, timer -> {
                    lookPending = false;
                    look();
                });
            }
        });
    }

    private void look() {
        seen = fleet.look();
        JsonArray services = new JsonArray();
        seen.forEach(service -> services.add(service.toJson()));
        JsonArray signals = new JsonArray();
        fleet.signals().stream().map(Enum::name).sorted().forEach(signals::add);
        JsonObject now = new JsonObject()
                .put("at", clock.millis())
                .put("kind", fleet.kind())
                .put("signals", signals)
                .put("services", services)
                .put("stores", stores())
                .put("load", sources.load().view())
                .put("autoscale", sources.autoscale().get())
                .put("proof", sources.proof().get())
                .put("notes", new JsonArray(fleet.notes()));
        fleet.staleSince().ifPresent(since -> now.put("staleSince", since.toEpochMilli()));
        stream.fleet(now);
    }

    private JsonObject stores() {
        JsonObject states = new JsonObject();
        for (String name : List.of("redis", "s3")) {
            Optional<StorePort> store = Optional.ofNullable(sources.stores().get(name));
            // Looked at once: what can be done goes with the state it is shown with.
            String state = store.map(StorePort::state).orElse(StorePort.GIVEN);
            List<String> changes = store.map(known -> known.changes(state)).orElse(List.of());
            states.put(name, new JsonObject().put("state", state).put("changes", new JsonArray(changes)));
        }
        return states;
    }

    private void sample() {
        Traffic.Seen traffic = sources.traffic().get();
        rates.clear();
        traffic.byInstance().forEach((id, answers) -> rates.put(id, answers * 1_000.0 / SAMPLE_MILLIS));
        Map<String, Long> ready = new TreeMap<>();
        Map<String, Integer> wanted = new TreeMap<>();
        seen.forEach(service -> {
            ready.put(service.name(), service.ready());
            wanted.put(service.name(), service.wanted());
        });
        Sample sample = new Sample(
                clock.millis(),
                traffic,
                sources.sockets().getAsInt(),
                sources.queueDepth().get(),
                sources.queueLatency().get(),
                ready,
                wanted);
        stream.entry(timeline.sample(sample.toJson()));
    }
}

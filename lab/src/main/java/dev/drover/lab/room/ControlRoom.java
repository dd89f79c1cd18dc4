package dev.drover.lab.room;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.gateway.Traffic;
import dev.drover.lab.load.LoadGenerator;
import dev.drover.lab.operator.SuiteApi;

/** The control room of a suite, put together: of processes on this machine or of pods in a namespace. */
public final class ControlRoom implements AutoCloseable {
    private static final Set<String> SIGNALS = Set.of("kill", "drain", "stop");

    private final Room room;
    private final RoomApi api;
    private final ProofDesk proofs;
    private final LoadGenerator load;
    private final Context context;

    /**
     * What it is about.
     *
     * @param traffic      what was answered since it was last asked
     * @param proofCommand what starts a proof, without its options
     * @param proofEnvironment what a proof is told beside that
     */
    public record Parts(
            FleetPort fleet,
            Supplier<Traffic.Seen> traffic,
            IntSupplier sockets,
            SuiteApi suite,
            Map<String, StorePort> stores,
            Supplier<OptionalLong> queueDepth,
            Supplier<OptionalDouble> queueLatency,
            Supplier<JsonObject> autoscale,
            List<String> proofCommand,
            Map<String, String> proofEnvironment,
            Path data) {}

    public ControlRoom(Vertx vertx, Context context, Parts parts, Access access, Clock clock) {
        this.context = context;
        this.load = new LoadGenerator(parts.suite());
        this.proofs = new ProofDesk(parts.proofCommand(), parts.proofEnvironment(), parts.data(), this::fault, clock);
        Room.Sources sources = new Room.Sources(
                parts.traffic(),
                parts.sockets(),
                parts.queueDepth(),
                parts.queueLatency(),
                parts.stores(),
                load,
                proofs::view,
                parts.autoscale());
        this.room = new Room(vertx, context, parts.fleet(), sources, clock);
        RoomActions actions = new RoomActions(parts.fleet(), parts.stores(), load, proofs, room);
        this.api = new RoomApi(access, room, actions, proofs, context);
    }

    public RoomApi api() {
        return api;
    }

    public void start() {
        proofs.start();
        context.runOnContext(now -> room.start());
    }

    /** A sentence for the charts, from any thread. */
    public void mark(String kind, String text, String target) {
        room.mark(kind, text, target);
    }

    /** From any thread: something has just happened. */
    public void lookSoon() {
        room.lookSoon();
    }

    double requestsPerSecond(String instanceId) {
        return room.requestsPerSecond(instanceId);
    }

    @Override
    public void close() {
        proofs.close();
        load.close();
    }

    private void fault(JsonObject fault) {
        // Told twice: when it is done, and when the suite is whole again. What was done by a signal has its mark
        // already.
        String kind = fault.getString("kind");
        if (!fault.containsKey("untilReadyMillis") && !SIGNALS.contains(kind)) {
            room.mark("fault", kind + " " + fault.getString("target"), fault.getString("target"));
        }
    }
}

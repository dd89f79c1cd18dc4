package dev.drover.lab.room;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Trouble;
import dev.drover.lab.gateway.Gateway;
import dev.drover.lab.load.LoadGenerator;
import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.stores.StoreSwitch;

/** The control room of a suite on this machine, put together. It is told what happens in the fleet. */
public final class ControlRoom implements FleetEvents, AutoCloseable {
    private static final Set<String> SIGNALS = Set.of("kill", "drain", "stop");

    private final LocalFleet local;
    private final Room room;
    private final RoomApi api;
    private final ProofDesk proofs;
    private final LoadGenerator load;
    private final Context context;

    /**
     * What it is about.
     *
     * @param proofCommand what starts a proof, without its options
     */
    public record Parts(
            Fleet fleet,
            Gateway gateway,
            SuiteApi suite,
            Map<String, StoreSwitch> stores,
            Supplier<OptionalLong> queueDepth,
            Supplier<OptionalDouble> queueLatency,
            Supplier<JsonObject> autoscale,
            List<String> proofCommand,
            Path data) {}

    public ControlRoom(Vertx vertx, Context context, Parts parts, Access access, Clock clock) {
        this.context = context;
        this.load = new LoadGenerator(parts.suite());
        this.local = new LocalFleet(parts.fleet(), parts.gateway()::inFlight, this::requestsPerSecond, clock);
        this.proofs = new ProofDesk(parts.proofCommand(), parts.data(), this::fault, clock);
        Room.Sources sources = new Room.Sources(
                parts.gateway().traffic(),
                parts.gateway()::sockets,
                parts.queueDepth(),
                parts.queueLatency(),
                parts.stores(),
                load,
                proofs::view,
                parts.autoscale());
        this.room = new Room(vertx, context, local, sources, clock);
        RoomActions actions = new RoomActions(local, parts.stores(), load, proofs, room);
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

    @Override
    public void ready(Instance instance) {
        room.mark("ready", instance.id() + " is ready", instance.id());
        room.lookSoon();
    }

    @Override
    public void ended(Instance instance, int exitCode) {
        local.ended(instance);
        room.mark("ended", instance.id() + " ended", instance.id());
        room.lookSoon();
    }

    @Override
    public void crashLooping(Trouble trouble) {
        room.mark("trouble", trouble.slot() + " does not stay", trouble.slot());
    }

    @Override
    public void close() {
        proofs.close();
        load.close();
    }

    private double requestsPerSecond(String instanceId) {
        return room.requestsPerSecond(instanceId);
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

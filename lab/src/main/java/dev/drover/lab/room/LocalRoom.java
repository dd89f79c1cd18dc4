package dev.drover.lab.room;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
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
import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.stores.StoreSwitch;

/** The control room of the processes of this machine. It is told what happens in the fleet. */
public final class LocalRoom implements FleetEvents, AutoCloseable {
    private final LocalFleet local;
    private final ControlRoom room;

    /**
     * What it is about.
     *
     * @param stores       those that were started here
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

    public LocalRoom(Vertx vertx, Context context, Parts parts, Access access, Clock clock) {
        this.local = new LocalFleet(parts.fleet(), parts.gateway()::inFlight, this::requestsPerSecond, clock);
        Map<String, StorePort> stores = new TreeMap<>();
        parts.stores().forEach((name, store) -> stores.put(name, new LocalStore(store)));
        ControlRoom.Parts whole = new ControlRoom.Parts(
                local,
                parts.gateway().traffic()::take,
                parts.gateway()::sockets,
                parts.suite(),
                stores,
                parts.queueDepth(),
                parts.queueLatency(),
                parts.autoscale(),
                parts.proofCommand(),
                Map.of(),
                parts.data());
        this.room = new ControlRoom(vertx, context, whole, access, clock);
    }

    public RoomApi api() {
        return room.api();
    }

    public void start() {
        room.start();
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
        room.close();
    }

    private double requestsPerSecond(String instanceId) {
        return room.requestsPerSecond(instanceId);
    }
}

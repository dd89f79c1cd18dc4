package dev.drover.lab.control;

import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Trouble;

/** The fleet as JSON. */
public final class FleetView {
    private FleetView() {}

    /** All there is to say of it at one moment. */
    public static JsonObject of(Fleet fleet, ToIntFunction<String> inFlight, Instant now) {
        return new JsonObject()
                .put("at", now.toString())
                .put("instances", of(fleet.instances(), inFlight))
                .put("troubles", ofTroubles(fleet.troubles()));
    }

    /** @param inFlight how many requests an instance has, by its id */
    public static JsonArray of(List<Instance> instances, ToIntFunction<String> inFlight) {
        JsonArray rendered = new JsonArray();
        for (Instance instance : instances) {
            JsonObject object = new JsonObject()
                    .put("id", instance.id())
                    .put("service", instance.service().label())
                    .put("state", instance.state().label())
                    .put("url", instance.url().toString())
                    .put("managementUrl", instance.managementUrl().toString())
                    .put("pid", instance.pid())
                    .put("startedAt", instance.startedAt().toString())
                    .put("inFlight", inFlight.applyAsInt(instance.id()));
            instance.startDuration().ifPresent(took -> object.put("startMillis", took.toMillis()));
            ProcessMemory.residentBytes(instance.pid()).ifPresent(bytes -> object.put("memoryBytes", bytes));
            rendered.add(object);
        }
        return rendered;
    }

    static JsonArray ofTroubles(List<Trouble> troubles) {
        JsonArray rendered = new JsonArray();
        for (Trouble trouble : troubles) {
            rendered.add(new JsonObject()
                    .put("slot", trouble.slot())
                    .put("crashLooping", trouble.crashLooping())
                    .put("failures", trouble.failures())
                    .put("exitCode", trouble.exitCode())
                    .put("retryAt", trouble.retryAt().toString())
                    .put("lastLines", new JsonArray(trouble.lastLines())));
        }
        return rendered;
    }
}

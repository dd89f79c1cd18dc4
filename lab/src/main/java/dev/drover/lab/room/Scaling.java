package dev.drover.lab.room;

import java.util.OptionalInt;

import io.vertx.core.json.JsonObject;

/**
 * What an autoscaler does with a service.
 *
 * @param desired       how many members it wants now
 * @param targetPercent of the processor time asked for, that it aims at
 * @param nowPercent    the same, as it measured last
 */
public record Scaling(int min, int max, int desired, OptionalInt targetPercent, OptionalInt nowPercent) {
    JsonObject toJson() {
        JsonObject object = new JsonObject().put("min", min).put("max", max).put("desired", desired);
        targetPercent.ifPresent(percent -> object.put("targetPercent", percent));
        nowPercent.ifPresent(percent -> object.put("nowPercent", percent));
        return object;
    }
}

package dev.drover.lab.room;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.gateway.Traffic;

/**
 * One second of the suite.
 *
 * @param queueDepth          jobs that wait, over all queues; absent while it cannot be read
 * @param queueLatencySeconds how long the longest waiting job could have run
 * @param ready               ready members by service
 * @param wanted              members it is to have, by service
 */
record Sample(
        long atMillis,
        Traffic.Seen traffic,
        int sockets,
        OptionalLong queueDepth,
        OptionalDouble queueLatencySeconds,
        Map<String, Long> ready,
        Map<String, Integer> wanted) {

    JsonObject toJson() {
        JsonObject object = new JsonObject()
                .put("at", atMillis)
                .put("requests", traffic.requests())
                .put("errors", traffic.errors())
                .put("refusals", traffic.refusals())
                .put("sockets", sockets);
        if (!Double.isNaN(traffic.p50Millis())) {
            object.put("p50", traffic.p50Millis()).put("p99", traffic.p99Millis());
        }
        queueDepth.ifPresent(depth -> object.put("depth", depth));
        queueLatencySeconds.ifPresent(latency -> object.put("latency", latency));
        JsonObject readyMembers = new JsonObject();
        ready.forEach(readyMembers::put);
        JsonObject wantedMembers = new JsonObject();
        wanted.forEach(wantedMembers::put);
        return object.put("ready", readyMembers).put("wanted", wantedMembers);
    }
}

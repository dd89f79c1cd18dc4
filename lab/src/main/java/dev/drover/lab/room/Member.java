package dev.drover.lab.room;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import io.vertx.core.json.JsonObject;

/**
 * One instance at one moment.
 *
 * @param cpuPercent        of one core, since the look before
 * @param requestsPerSecond answers it gave, since the look before; nothing when that cannot be had
 * @param inFlight          requests and sockets it has now
 */
public record Member(
        String id,
        Condition condition,
        Instant startedAt,
        OptionalLong startMillis,
        OptionalDouble cpuPercent,
        OptionalLong memoryBytes,
        OptionalDouble requestsPerSecond,
        int inFlight) {

    /** What the page shows of a member's life. */
    public enum Condition {
        STARTING,
        READY,
        /** It says that it is not ready, mostly because a store is away. */
        NOT_READY,
        DRAINING,
        /** It was sent SIGSTOP. */
        STOPPED,
        /** It lives and does not answer. */
        UNRESPONSIVE,
        DEAD;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    JsonObject toJson() {
        JsonObject object = new JsonObject()
                .put("id", id)
                .put("state", condition.label())
                .put("startedAt", startedAt.toEpochMilli())
                .put("inFlight", inFlight);
        startMillis.ifPresent(took -> object.put("startMillis", took));
        requestsPerSecond.ifPresent(rate -> object.put("requestsPerSecond", tenths(rate)));
        cpuPercent.ifPresent(percent -> object.put("cpuPercent", tenths(percent)));
        memoryBytes.ifPresent(bytes -> object.put("memoryBytes", bytes));
        return object;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}

package dev.drover.platform.ratelimit;

import java.time.Duration;

import dev.drover.platform.ratelimit.Quota.Mode;
import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;

/** One limit as it is in force: the class with its quota. */
record Policy(RouteClass routeClass, Quota quota) {

    String name() {
        return routeClass.wireName();
    }

    Mode mode() {
        return quota.mode();
    }

    KeyKind by() {
        return quota.by().orElse(routeClass.by());
    }

    WithoutAnswer withoutAnswer() {
        return quota.withoutAnswer().orElse(routeClass.withoutAnswer());
    }

    /** Rounded up, so that never more than the quota fits into its window. */
    long intervalMicros() {
        return Math.ceilDiv(micros(quota.window()), quota.units());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}

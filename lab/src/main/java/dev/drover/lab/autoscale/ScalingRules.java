package dev.drover.lab.autoscale;

import java.time.Duration;
import java.util.List;

/**
 * What a HorizontalPodAutoscaler (autoscaling/v2) says.
 *
 * @param targets the need is the largest any of them states
 */
record ScalingRules(int min, int max, List<Target> targets, Behaviour up, Behaviour down) {
    ScalingRules {
        targets = List.copyOf(targets);
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("1 <= min <= max does not hold: " + min + ", " + max);
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("there must be a target");
        }
    }

    /** The same within other bounds. */
    ScalingRules within(int atLeast, int atMost) {
        return new ScalingRules(atLeast, Math.max(atLeast, Math.min(max, atMost)), targets, up, down);
    }

    sealed interface Target {
        /**
         * Processor time.
         *
         * @param utilisationPercent what an average member is to use of its request
         * @param requestMillis      the request, in thousandths of a core
         */
        record Cpu(int utilisationPercent, int requestMillis) implements Target {}

        /** A value about the service as a whole, which is not divided by its members. */
        record External(String metric, double value) implements Target {}
    }

    /**
     * How fast.
     *
     * @param stabilisation the most cautious need of so long a time counts
     */
    record Behaviour(Duration stabilisation, Select select, List<Policy> policies) {
        Behaviour {
            policies = List.copyOf(policies);
        }
    }

    /** Which of several policies counts: that which changes most, least, or none. */
    enum Select {
        MAX,
        MIN,
        DISABLED
    }

    /** At most so much change within a period. */
    record Policy(Unit unit, int value, Duration period) {
        Policy {
            if (value < 1 || !period.isPositive()) {
                throw new IllegalArgumentException("value and period must be positive: " + value + ", " + period);
            }
        }
    }

    enum Unit {
        PODS,
        PERCENT
    }
}

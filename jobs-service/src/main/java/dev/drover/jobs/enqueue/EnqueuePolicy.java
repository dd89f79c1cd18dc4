package dev.drover.jobs.enqueue;

import java.time.Duration;
import java.util.Set;

import dev.drover.platform.jobs.QueueName;

/** Who may put what where. */
record EnqueuePolicy(Set<String> reservedQueues, Set<String> reservedTypes, Duration delayMax) {

    EnqueuePolicy {
        reservedQueues = Set.copyOf(reservedQueues);
        reservedTypes = Set.copyOf(reservedTypes);
        if (delayMax.isNegative()) {
            throw new IllegalArgumentException("drover.jobs.enqueue.delay-max is negative: " + delayMax);
        }
    }

    Decision decide(boolean admin, QueueName queue, String type) {
        if (admin) {
            return new Decision.Allowed();
        }
        if (reservedQueues.contains(queue.value())) {
            return new Decision.QueueReserved();
        }
        int dot = type.indexOf('.');
        String family = dot < 0 ? type : type.substring(0, dot);
        return reservedTypes.contains(family) ? new Decision.TypeReserved(family) : new Decision.Allowed();
    }

    sealed interface Decision {
        record Allowed() implements Decision {}

        record QueueReserved() implements Decision {}

        record TypeReserved(String family) implements Decision {}
    }
}

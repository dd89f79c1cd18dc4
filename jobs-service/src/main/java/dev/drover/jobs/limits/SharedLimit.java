package dev.drover.jobs.limits;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.drover.platform.jobs.QueueName;

/** What several queues may run at once and begin, together. */
record SharedLimit(List<QueueName> queues, OptionalInt concurrency, Optional<Limits.Rate> rate) {

    static final int QUEUES_MAX = 50;

    SharedLimit {
        queues = queues.stream().distinct().toList();
        if (queues.isEmpty() || queues.size() > QUEUES_MAX) {
            throw new IllegalArgumentException("a limit is shared by 1 to " + QUEUES_MAX + " queues: " + queues.size());
        }
        if (concurrency.isEmpty() && rate.isEmpty()) {
            throw new IllegalArgumentException("a limit limits something: concurrency, rate or both");
        }
    }
}

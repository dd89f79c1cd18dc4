package dev.drover.jobs.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import dev.drover.jobs.limits.LimitName;
import dev.drover.jobs.limits.Places;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.stateless.SoftCache;

/** Which limit a queue shares, for those who extend and settle its leases. */
@Singleton
final class SharingQueues {

    /** Less than a place outlives its lease ({@link Places#LONGER_THAN_A_LEASE}), so that a limit that was just set is known in time. */
    private static final Duration SURE_FOR = Places.LONGER_THAN_A_LEASE.dividedBy(2);

    private record Seen(Optional<LimitName> limit, Instant until) {}

    private final RedisLeaseStore queues;
    private final Clock clock;

    @SoftCache(
            maxEntries = QueueIndex.QUEUES_MAX,
            maxAge = "PT0.5S",
            because = "who does not know of a limit gives no place back, and the place ends with its lease")
    private final Map<QueueName, Seen> seen = new ConcurrentHashMap<>();

    SharingQueues(RedisLeaseStore queues, Clock clock) {
        this.queues = queues;
        this.clock = clock;
    }

    Optional<LimitName> limit(QueueName queue) {
        Seen last = seen.get(queue);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until())) {
            return last.limit();
        }
        Optional<LimitName> limit = queues.sharedLimit(queue);
        put(queue, limit);
        return limit;
    }

    void note(QueueName queue, LimitName limit) {
        put(queue, Optional.of(limit));
    }

    private void put(QueueName queue, Optional<LimitName> limit) {
        if (seen.size() >= QueueIndex.QUEUES_MAX) {
            seen.clear();
        }
        seen.put(queue, new Seen(limit, clock.instant().plus(SURE_FOR)));
    }
}

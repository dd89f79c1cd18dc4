package dev.drover.jobs.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;

/**
 * What a schedule does: at the times of {@code cron} by the clocks of {@code timeZone}, it puts a job on a queue.
 *
 * @param payload a JSON object as text
 * @param jitter  each tick is put off by a part of it, always the same part for the same tick; shorter than the first pause between ticks
 * @param owner   the account the jobs belong to: who defined the schedule
 */
record Definition(
        String cron,
        String timeZone,
        QueueName queue,
        String type,
        String payload,
        Misfire misfire,
        Duration jitter,
        String owner) {

    static final int PAYLOAD_BYTES_MAX = 8 * 1024;
    static final Duration JITTER_MAX = Duration.ofHours(1);

    Definition {
        if (type.length() > 64 || !type.matches(NewJob.TYPE_PATTERN)) {
            throw new IllegalArgumentException("type " + NewJob.TYPE_EXPECTED);
        }
        if (jitter.isNegative() || jitter.compareTo(JITTER_MAX) > 0) {
            throw new IllegalArgumentException("jitter must be within " + JITTER_MAX);
        }
    }

    /** @throws IllegalArgumentException the expression or the zone is none */
    CronTimes times() {
        return CronTimes.parse(cron, zone(timeZone));
    }

    /** @throws IllegalArgumentException there is none of this name */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such time zone: " + name, e);
        }
    }

    /** When the first tick after that time is to fire. */
    Optional<Tick> nextAfter(ScheduleName name, Instant after) {
        return times().next(after).map(at -> tick(name, at));
    }

    Tick tick(ScheduleName name, Instant at) {
        return new Tick(at, at.plusMillis(delayMillis(name, at)));
    }

    /** Follows from name and tick, so all replicas agree on it. */
    private long delayMillis(ScheduleName name, Instant at) {
        if (jitter.isZero()) {
            return 0;
        }
        int spread = Ids.derive("jitter", name.value(), at.toString()).hashCode();
        return Integer.toUnsignedLong(spread) % jitter.toMillis();
    }

    /** The job a tick fires; the same whoever fires it, so that it is added once (J-1). */
    JobId jobAt(ScheduleName name, Instant at) {
        return new JobId(queue, Ids.derive("schedule", name.value(), at.toString()));
    }

    JobId jobByHand(ScheduleName name, String unique) {
        return new JobId(queue, Ids.derive("schedule-run", name.value(), unique));
    }

    /** A time of the expression and when it is to fire. */
    record Tick(Instant at, Instant due) {}
}

package dev.drover.jobs.queue;

import java.time.Duration;
import java.util.Map;

import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.QueueName;

/**
 * A queue at one moment.
 *
 * @param latency how long the next job could have run and has not
 */
public record QueueCounts(QueueName queue, Map<JobState, Long> byState, Duration latency) {

    public QueueCounts {
        byState = Map.copyOf(byState);
    }
}

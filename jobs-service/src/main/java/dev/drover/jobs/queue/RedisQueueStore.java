package dev.drover.jobs.queue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisQueueStore implements QueueStore {

    private static final RedisScript COUNT = RedisScript.load("queue_count");

    /** In the order of the script's answer. */
    private static final List<JobState> STATES = List.of(
            JobState.SCHEDULED,
            JobState.WAITING,
            JobState.ACTIVE,
            JobState.SUCCEEDED,
            JobState.FAILED,
            JobState.DEAD,
            JobState.CANCELLED);

    private final RedisCalls redis;

    RedisQueueStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public QueueCounts count(QueueName queue) {
        Response answer = redis.run(COUNT, new JobKeys(queue).all(), List.of());
        Map<JobState, Long> byState = new EnumMap<>(JobState.class);
        for (int i = 0; i < STATES.size(); i++) {
            byState.put(STATES.get(i), Long.parseLong(answer.get(i + 1).toString()));
        }
        long latencyMillis = Long.parseLong(answer.get(STATES.size() + 1).toString());
        return new QueueCounts(queue, byState, Duration.ofMillis(latencyMillis));
    }
}

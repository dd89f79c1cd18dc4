package dev.drover.jobs.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisQueueControl implements QueueControl {

    private static final RedisScript PAUSE = RedisScript.load("queue_pause");
    private static final RedisScript STATS = RedisScript.load("queue_stats");

    private static final int SAMPLES_MAX = 200;
    private static final int FIRST_SAMPLE = 5;

    private final RedisCalls redis;

    RedisQueueControl(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public void pause(QueueName queue) {
        set(queue, "1");
    }

    @Override
    public void resume(QueueName queue) {
        set(queue, "0");
    }

    private void set(QueueName queue, String paused) {
        JobKeys keys = new JobKeys(queue);
        redis.run(PAUSE, keys.all(), List.of(paused, keys.wake()));
    }

    @Override
    public QueueStats stats(QueueName queue, Duration lately) {
        Response answer = redis.run(
                STATS,
                new JobKeys(queue).all(),
                List.of(Long.toString(lately.toMillis()), Integer.toString(SAMPLES_MAX)));
        List<Long> waits = new ArrayList<>();
        List<Long> runs = new ArrayList<>();
        for (int i = FIRST_SAMPLE; i + 1 < answer.size(); i += 2) {
            waits.add(number(answer, i));
            runs.add(number(answer, i + 1));
        }
        String since = answer.get(1).toString();
        return new QueueStats(
                since.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(since))),
                new QueueStats.Ended(number(answer, 2), number(answer, 3), number(answer, 4)),
                waits,
                runs);
    }

    private static long number(Response answer, int at) {
        return Long.parseLong(answer.get(at).toString());
    }
}

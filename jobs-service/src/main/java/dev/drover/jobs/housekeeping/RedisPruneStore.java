package dev.drover.jobs.housekeeping;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.jobs.job.JobState;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisPruneStore implements PruneStore {

    private static final RedisScript PRUNE = RedisScript.load("job_prune");
    private static final RedisScript EMPTY = RedisScript.load("queue_empty");

    private final RedisCalls redis;

    RedisPruneStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public int prune(QueueName queue, JobState end, Duration ageMax, int keepMax, int batchMax) {
        if (!end.isEnded()) {
            throw new IllegalArgumentException("a job that has not ended is not forgotten: " + end);
        }
        Response answer = redis.run(
                PRUNE,
                new JobKeys(queue).all(),
                List.of(
                        end.word(),
                        Long.toString(ageMax.toMillis()),
                        Integer.toString(keepMax),
                        Integer.toString(batchMax)));
        return Integer.parseInt(answer.get(1).toString());
    }

    @Override
    public boolean isEmpty(QueueName queue) {
        return redis.run(EMPTY, new JobKeys(queue).all(), List.of("look"))
                .toString()
                .equals("empty");
    }

    @Override
    public void forgetEmpty(QueueName queue) {
        redis.run(EMPTY, new JobKeys(queue).all(), List.of("forget"));
    }
}

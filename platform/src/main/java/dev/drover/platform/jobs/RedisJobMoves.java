package dev.drover.platform.jobs;

import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisJobMoves implements JobMoves {

    private static final RedisScript ARRIVE = RedisScript.load("job_arrive");

    private final RedisCalls redis;
    private final QueueIndex queues;
    private final JobQueueConfig config;

    RedisJobMoves(RedisCalls redis, QueueIndex queues, JobQueueConfig config) {
        this.redis = redis;
        this.queues = queues;
        this.config = config;
    }

    @Override
    public ArrivalResult arrive(JobId id, String record, String payload, String checkpoint) {
        if (!queues.register(id.queue())) {
            return new ArrivalResult.TooManyQueues();
        }
        JobKeys keys = JobKeys.of(id);
        Response answer = redis.run(
                ARRIVE,
                keys.all(),
                List.of(id.toString(), record, payload, checkpoint, Integer.toString(config.depthMax()), keys.wake()));
        String status = answer.get(0).toString();
        return switch (status) {
            case "arrived" -> new ArrivalResult.Arrived();
            case "full" ->
                new ArrivalResult.QueueFull(Long.parseLong(answer.get(1).toString()));
            default -> throw new IllegalStateException("job_arrive answered " + status);
        };
    }
}

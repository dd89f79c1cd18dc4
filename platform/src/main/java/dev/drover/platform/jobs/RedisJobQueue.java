package dev.drover.platform.jobs;

import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.telemetry.TraceParent;

@Singleton
final class RedisJobQueue implements JobQueue {

    private static final RedisScript ENQUEUE = RedisScript.load("job_enqueue");

    private final RedisCalls redis;
    private final QueueIndex queues;

    RedisJobQueue(RedisCalls redis, QueueIndex queues) {
        this.redis = redis;
        this.queues = queues;
    }

    @Override
    public EnqueueResult enqueue(NewJob job) {
        JobId id = job.id();
        if (!queues.register(id.queue())) {
            return new EnqueueResult.TooManyQueues(id.queue());
        }
        JobKeys keys = JobKeys.of(id);
        Response answer = redis.run(
                ENQUEUE,
                List.of(keys.jobs(), keys.payloads(), keys.waiting(), keys.scheduled(), keys.counters()),
                List.of(
                        id.toString(),
                        job.type(),
                        job.owner(),
                        job.payload(),
                        Long.toString(job.delay().toMillis()),
                        Integer.toString(job.maxAttempts()),
                        Integer.toString(job.priority()),
                        keys.wake(),
                        TraceParent.current().orElse("")));
        String status = answer.get(0).toString();
        return switch (status) {
            case "enqueued" -> new EnqueueResult.Enqueued(id);
            case "known" -> new EnqueueResult.AlreadyKnown(id);
            case "differs" -> new EnqueueResult.IdInUse(id);
            default -> throw new IllegalStateException("job_enqueue answered " + status);
        };
    }
}

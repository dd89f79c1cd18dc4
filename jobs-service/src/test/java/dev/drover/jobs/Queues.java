package dev.drover.jobs;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.redis.client.Command;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;

/** Queues of their own for tests, and jobs on them. */
@ApplicationScoped
public class Queues {

    public static final String OWNER = "usr_0123456789abcdefghjkmnpqrs";

    private final JobQueue queue;
    private final RedisCalls redis;

    Queues(JobQueue queue, RedisCalls redis) {
        this.queue = queue;
        this.redis = redis;
    }

    public static QueueName fresh() {
        return new QueueName("t-" + Ids.derive(UUID.randomUUID().toString()));
    }

    public static JobId id(QueueName queue) {
        return new JobId(queue, Ids.derive(UUID.randomUUID().toString()));
    }

    public JobId add(QueueName name) {
        return add(name, "test.work", Duration.ZERO, NewJob.MAX_ATTEMPTS_DEFAULT);
    }

    public JobId add(QueueName name, String type, Duration delay, int maxAttempts) {
        JobId id = id(name);
        queue.enqueue(new NewJob(id, type, OWNER, "{\"n\":1}", delay, maxAttempts));
        return id;
    }

    public JobId add(QueueName name, JobOptions options) {
        JobId id = id(name);
        queue.enqueue(NewJob.now(id, "test.work", OWNER, "{\"n\":1}").with(options));
        return id;
    }

    /** Ends the lease of an active job as time would: its end lies in the past, in the lease and in the order of ends. */
    public void letLeaseExpire(JobId id) {
        JobKeys keys = JobKeys.of(id);
        String[] lease = redis.send(Command.HGET, keys.leases(), id.toString())
                .toString()
                .split(" ", 4);
        redis.send(Command.HSET, keys.leases(), id.toString(), lease[0] + " " + lease[1] + " 1 " + lease[3]);
        redis.send(Command.ZADD, keys.active(), "1", id.toString());
    }

    /** Makes a scheduled job due. */
    public void letBecomeDue(JobId id) {
        redis.send(Command.ZADD, JobKeys.of(id).scheduled(), "1", id.toString());
    }

    public int outboxLength(QueueName name) {
        return redis.send(Command.XLEN, new JobKeys(name).outbox()).toInteger();
    }

    public String outbox(QueueName name) {
        return redis.send(Command.XRANGE, new JobKeys(name).outbox(), "-", "+").toString();
    }
}

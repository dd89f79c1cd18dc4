package dev.drover.jobs.recovery;

import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.jobs.job.JobRecord;
import dev.drover.jobs.lease.LeaseConfig;
import dev.drover.jobs.lease.RetryPolicy;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisRecoveryStore implements RecoveryStore {

    private static final RedisScript RECOVER = RedisScript.load("job_recover");

    private final RedisCalls redis;
    private final RetryPolicy retry;

    RedisRecoveryStore(RedisCalls redis, LeaseConfig config) {
        this.redis = redis;
        this.retry = new RetryPolicy(config.retryFirst(), config.retryMax());
    }

    @Override
    public Recovered recover(QueueName queue, int jobsMax, int crashBudget) {
        JobKeys keys = new JobKeys(queue);
        Response answer = redis.run(
                RECOVER,
                keys.all(),
                List.of(
                        Integer.toString(jobsMax),
                        Integer.toString(crashBudget),
                        Integer.toString(JobRecord.RUNS_MAX),
                        Long.toString(retry.first().toMillis()),
                        Long.toString(retry.max().toMillis()),
                        Integer.toString(retry.spread()),
                        keys.wake()));
        return new Recovered(
                Integer.parseInt(answer.get(1).toString()),
                Integer.parseInt(answer.get(2).toString()),
                Integer.parseInt(answer.get(3).toString()));
    }
}

package dev.drover.jobs.erasure;

import java.util.List;

import jakarta.inject.Singleton;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisForgottenJobs implements ForgottenJobs {

    private static final RedisScript FORGET = RedisScript.load("job_forget");

    private final RedisCalls redis;

    RedisForgottenJobs(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public void forget(QueueName queue, List<JobId> ids) {
        redis.run(
                FORGET,
                new JobKeys(queue).all(),
                ids.stream().map(JobId::toString).toList());
    }
}

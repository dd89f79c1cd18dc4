package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

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
    public int forget(QueueName queue, List<JobId> ids) {
        JobKeys keys = new JobKeys(queue);
        List<String> all = new ArrayList<>(keys.all());
        ids.forEach(id -> all.add(keys.log(id)));
        int forgotten = 0;
        for (Response answer :
                redis.run(FORGET, all, ids.stream().map(JobId::toString).toList())) {
            if (answer.toString().equals("forgotten")) {
                forgotten++;
            }
        }
        return forgotten;
    }
}

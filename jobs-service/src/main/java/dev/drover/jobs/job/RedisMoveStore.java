package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisMoveStore implements MoveStore {

    private static final RedisScript DEPART = RedisScript.load("job_depart");

    private final RedisCalls redis;

    RedisMoveStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public int depart(QueueName from, Map<JobId, JobId> newIds) {
        if (newIds.isEmpty()) {
            return 0;
        }
        List<String> args = new ArrayList<>(2 * newIds.size());
        newIds.forEach((id, newId) -> {
            args.add(id.toString());
            args.add(newId.toString());
        });
        int departed = 0;
        for (Response answer : redis.run(DEPART, new JobKeys(from).all(), args)) {
            if (answer.toString().equals("departed")) {
                departed++;
            }
        }
        return departed;
    }
}

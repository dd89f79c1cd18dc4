package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisOwnedJobs implements OwnedJobs {

    private static final RedisScript NOTE = RedisScript.load("owned_note");

    private final RedisCalls redis;
    private final OwnedConfig config;

    RedisOwnedJobs(RedisCalls redis, OwnedConfig config) {
        this.redis = redis;
        this.config = config;
    }

    private static String key(String owner) {
        return "drover:{jobs-of:" + owner + "}:ids";
    }

    @Override
    public void note(String owner, List<JobId> ids) {
        List<String> args = new ArrayList<>(List.of(
                Integer.toString(config.max()), Long.toString(config.keep().toMillis())));
        ids.forEach(id -> args.add(id.toString()));
        redis.run(NOTE, List.of(key(owner)), args);
    }

    @Override
    public List<JobId> list(String owner, Optional<JobId> after, int limit) {
        long start = 0;
        if (after.isPresent()) {
            Response rank = redis.send(Command.ZREVRANK, key(owner), after.get().toString());
            if (rank == null) {
                return List.of();
            }
            start = rank.toLong() + 1;
        }
        List<JobId> ids = new ArrayList<>();
        redis.send(Command.ZREVRANGE, key(owner), Long.toString(start), Long.toString(start + limit - 1))
                .forEach(id -> JobId.parse(id.toString()).ifPresent(ids::add));
        return ids;
    }

    @Override
    public void forget(String owner) {
        redis.send(Command.DEL, key(owner));
    }
}

package dev.drover.jobs.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.jobs.lease.Hold;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisJobLogs implements JobLogs {

    private static final RedisScript LOG = RedisScript.load("job_log");

    private final RedisCalls redis;
    private final LogConfig config;

    RedisJobLogs(RedisCalls redis, LogConfig config) {
        this.redis = redis;
        this.config = config;
    }

    @Override
    public Written write(Hold hold, List<String> lines) {
        List<String> args = new ArrayList<>(List.of(
                hold.id().toString(),
                Long.toString(hold.fencingToken()),
                Integer.toString(config.linesMax()),
                Long.toString(config.keep().toMillis())));
        args.addAll(lines);
        List<String> keys = new ArrayList<>(JobKeys.of(hold.id()).all());
        keys.add(JobKeys.of(hold.id()).log(hold.id()));
        Response answer = redis.run(LOG, keys, args);
        return switch (answer.get(0).toString()) {
            case "held" -> Written.WRITTEN;
            case "lost" -> Written.LOST;
            case "unknown" -> Written.UNKNOWN;
            default -> throw new IllegalStateException("job_log answered " + answer);
        };
    }

    @Override
    public List<Line> read(JobId id) {
        List<Line> lines = new ArrayList<>();
        redis.send(Command.LRANGE, JobKeys.of(id).log(id), "0", "-1").forEach(entry -> {
            String[] parts = entry.toString().split(" ", 2);
            lines.add(new Line(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]));
        });
        return lines;
    }
}

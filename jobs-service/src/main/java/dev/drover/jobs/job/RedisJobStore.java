package dev.drover.jobs.job;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisJobStore implements JobStore {

    private static final RedisScript READ = RedisScript.load("job_read");
    private static final RedisScript CANCEL = RedisScript.load("job_cancel");

    private final RedisCalls redis;
    private final ObjectMapper json;

    RedisJobStore(RedisCalls redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    @Override
    public Optional<Job> find(JobId id) {
        JobKeys keys = JobKeys.of(id);
        Response answer = redis.run(
                READ,
                List.of(keys.jobs(), keys.payloads(), keys.results(), keys.checkpoints(), keys.leases()),
                List.of(id.toString()));
        return switch (answer.get(0).toString()) {
            case "found" ->
                Optional.of(record(answer.get(1).toString())
                        .toJob(
                                id,
                                answer.get(2).toString(),
                                answer.get(3).toString(),
                                answer.get(4).toString(),
                                answer.get(5).toString()));
            case "unknown" -> Optional.empty();
            default -> throw new IllegalStateException("job_read answered " + answer);
        };
    }

    @Override
    public CancelResult cancel(JobId id) {
        JobKeys keys = JobKeys.of(id);
        Response answer = redis.run(
                CANCEL, keys.all(), List.of(id.toString(), Integer.toString(JobRecord.RUNS_MAX), keys.wake()));
        return switch (answer.get(0).toString()) {
            case "cancelled" -> new CancelResult.Cancelled();
            case "ended" ->
                new CancelResult.AlreadyEnded(JobState.of(answer.get(1).toString()));
            case "unknown" -> new CancelResult.Unknown();
            default -> throw new IllegalStateException("job_cancel answered " + answer);
        };
    }

    private JobRecord record(String text) {
        try {
            return json.readValue(text, JobRecord.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job's record cannot be read", e);
        }
    }
}

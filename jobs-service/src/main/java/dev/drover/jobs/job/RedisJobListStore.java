package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisJobListStore implements JobListStore {

    private static final RedisScript FIND = RedisScript.load("job_find");
    private static final RedisScript LIST = RedisScript.load("job_list");
    private static final RedisScript RETRY = RedisScript.load("job_retry");

    private static final int FIRST_JOB = 3;

    private final RedisCalls redis;
    private final ObjectMapper json;

    RedisJobListStore(RedisCalls redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    @Override
    public Page list(QueueName queue, JobCursor from, int lookAt, JobFilter filter) {
        Response answer = redis.run(
                LIST,
                new JobKeys(queue).all(),
                List.of(
                        from.place().word(),
                        from.member(),
                        from.score(),
                        Integer.toString(lookAt),
                        filter.type().orElse(""),
                        filter.reason().orElse(""),
                        filter.owner().orElse("")));
        List<Job> jobs = new ArrayList<>();
        for (int i = FIRST_JOB; i + 2 < answer.size(); i += 3) {
            JobId id = JobId.parse(answer.get(i).toString()).orElseThrow();
            jobs.add(job(id, answer.get(i + 1).toString(), answer.get(i + 2).toString()));
        }
        String last = answer.get(1).toString();
        Optional<JobCursor> next = last.isEmpty()
                ? from.place().next().map(JobCursor::start)
                : Optional.of(new JobCursor(from.place(), last, answer.get(2).toString()));
        return new Page(jobs, next);
    }

    @Override
    public List<Job> find(List<JobId> ids) {
        Map<QueueName, List<JobId>> byQueue =
                ids.stream().collect(Collectors.groupingBy(JobId::queue, LinkedHashMap::new, Collectors.toList()));
        List<Uni<Map<JobId, Job>>> calls = byQueue.entrySet().stream()
                .map(queue -> find(queue.getKey(), queue.getValue()))
                .toList();
        if (calls.isEmpty()) {
            return List.of();
        }
        Map<JobId, Job> found = Uni.join().all(calls).andFailFast().await().indefinitely().stream()
                .flatMap(some -> some.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    private Uni<Map<JobId, Job>> find(QueueName queue, List<JobId> ids) {
        JobKeys keys = new JobKeys(queue);
        List<String> args = ids.stream().map(JobId::toString).toList();
        return redis.runAsync(FIND, List.of(keys.jobs(), keys.leases()), args).map(answer -> {
            Map<JobId, Job> found = new LinkedHashMap<>();
            for (int i = 0; i < ids.size(); i++) {
                String record = answer.get(2 * i).toString();
                if (!record.isEmpty()) {
                    found.put(
                            ids.get(i),
                            job(ids.get(i), record, answer.get(2 * i + 1).toString()));
                }
            }
            return found;
        });
    }

    @Override
    public Map<JobId, RetryResult> retry(QueueName queue, List<JobId> ids) {
        JobKeys keys = new JobKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.wake()));
        ids.forEach(id -> args.add(id.toString()));
        Response answer = redis.run(RETRY, keys.all(), args);
        Map<JobId, RetryResult> results = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            String state = answer.get(i).toString();
            results.put(
                    ids.get(i),
                    switch (state) {
                        case "retried" -> new RetryResult.Retried();
                        case "unknown" -> new RetryResult.Unknown();
                        default -> new RetryResult.NotRetried(JobState.of(state));
                    });
        }
        return results;
    }

    private Job job(JobId id, String record, String lease) {
        try {
            return json.readValue(record, JobRecord.class).toJob(id, "", "", "", lease);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job's record cannot be read", e);
        }
    }
}

package dev.drover.platform.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.ResponseType;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.telemetry.TraceParent;

@Singleton
final class RedisJobQueue implements JobQueue {

    private static final RedisScript ENQUEUE = RedisScript.load("job_enqueue");

    private final RedisCalls redis;
    private final QueueIndex queues;
    private final JobLinks links;
    private final JobQueueConfig config;

    RedisJobQueue(RedisCalls redis, QueueIndex queues, JobLinks links, JobQueueConfig config) {
        this.redis = redis;
        this.queues = queues;
        this.links = links;
        this.config = config;
    }

    @Override
    public EnqueueResult enqueue(NewJob job) {
        return enqueueAll(List.of(job)).getFirst();
    }

    @Override
    public List<EnqueueResult> enqueueAll(List<NewJob> jobs) {
        if (jobs.size() > BATCH_MAX) {
            throw new IllegalArgumentException("at most " + BATCH_MAX + " jobs at once: " + jobs.size());
        }
        Map<QueueName, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            places.computeIfAbsent(jobs.get(i).id().queue(), queue -> new ArrayList<>())
                    .add(i);
        }
        EnqueueResult[] results = new EnqueueResult[jobs.size()];
        places.forEach((queue, mine) -> {
            List<EnqueueResult> added =
                    ofOneQueue(queue, mine.stream().map(jobs::get).toList());
            for (int i = 0; i < added.size(); i++) {
                results[mine.get(i)] = added.get(i);
            }
        });
        return List.of(results);
    }

    private List<EnqueueResult> ofOneQueue(QueueName queue, List<NewJob> jobs) {
        if (!queues.register(queue)) {
            return jobs.stream()
                    .<EnqueueResult>map(job -> new EnqueueResult.TooManyQueues(queue))
                    .toList();
        }
        JobKeys keys = new JobKeys(queue);
        Optional<String> trace = TraceParent.current();
        List<String> args = new ArrayList<>(3 + jobs.size() * 6);
        args.add(keys.wake());
        args.add(Integer.toString(config.depthMax()));
        args.add(Integer.toString(config.memoryPercentMax()));
        for (NewJob job : jobs) {
            args.add(job.id().toString());
            args.add(open(JobRecordText.of(job, trace)));
            args.add(job.payload());
            args.add(Long.toString(job.delay().toMillis()));
            args.add(Integer.toString(job.priority()));
            args.add(job.options().special() ? "special" : "");
        }
        Response answers = redis.run(ENQUEUE, keys.all(), args);
        List<EnqueueResult> results = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            results.add(result(jobs.get(i), answers.get(i)));
        }
        return results;
    }

    private EnqueueResult result(NewJob job, Response answer) {
        JobId id = job.id();
        // One word for what is simply added, which is what a thousand at once are as a rule.
        String status = answer.type() == ResponseType.MULTI ? answer.get(0).toString() : answer.toString();
        return switch (status) {
            case "waiting", "scheduled" -> {
                job.options().dependencies().on().forEach(parent -> follow(parent, id));
                yield new EnqueueResult.Enqueued(id);
            }
            case "known" -> new EnqueueResult.AlreadyKnown(id);
            case "differs" -> new EnqueueResult.IdInUse(id);
            case "duplicate" -> new EnqueueResult.Duplicate(other(answer));
            case "replaced" -> new EnqueueResult.Replaced(other(answer));
            case "full" -> new EnqueueResult.QueueFull(id.queue(), number(answer));
            case "pressed" -> new EnqueueResult.StorePressed((int) number(answer));
            default -> throw new IllegalStateException("job_enqueue answered " + status);
        };
    }

    /** The script adds members, and need not look for the place. */
    private static String open(String record) {
        return record.substring(0, record.length() - 1);
    }

    /** Spares it the wait for the sweep of the outbox, which does the same; a store that fails here leaves it to that. */
    private void follow(JobId parent, JobId child) {
        try {
            links.follow(parent, child);
        } catch (StoreUnavailableException e) {
            // The entry is in the outbox.
        }
    }

    private static JobId other(Response answer) {
        return JobId.parse(answer.get(1).toString()).orElseThrow();
    }

    private static long number(Response answer) {
        return Long.parseLong(answer.get(1).toString());
    }
}

package dev.drover.platform.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        if (jobs.isEmpty()) {
            return List.of();
        }
        QueueName first = jobs.getFirst().id().queue();
        if (jobs.stream().allMatch(job -> job.id().queue().equals(first))) {
            return ofOneQueue(first, jobs);
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
        List<List<NewJob>> steps = withoutRepeats(jobs);
        if (steps.size() == 1) {
            return inOneStep(queue, steps.getFirst());
        }
        List<EnqueueResult> results = new ArrayList<>(jobs.size());
        steps.forEach(step -> results.addAll(inOneStep(queue, step)));
        return results;
    }

    /** In one part as a rule: only where an id stands twice the second begins another, so that it finds the first. */
    private static List<List<NewJob>> withoutRepeats(List<NewJob> jobs) {
        List<List<NewJob>> parts = new ArrayList<>(1);
        Set<String> uniques = HashSet.newHashSet(jobs.size());
        int from = 0;
        for (int i = 0; i < jobs.size(); i++) {
            String unique = jobs.get(i).id().unique();
            if (!uniques.add(unique)) {
                parts.add(jobs.subList(from, i));
                from = i;
                uniques.clear();
                uniques.add(unique);
            }
        }
        parts.add(jobs.subList(from, jobs.size()));
        return parts;
    }

    private List<EnqueueResult> inOneStep(QueueName queue, List<NewJob> jobs) {
        JobKeys keys = new JobKeys(queue);
        Optional<String> trace = TraceParent.current();
        boolean plain = jobs.stream()
                .allMatch(
                        job -> isPlain(job) && job.priority() == jobs.getFirst().priority());
        List<String> args = new ArrayList<>(4 + jobs.size() * (plain ? 3 : 6));
        args.add(keys.wake());
        args.add(Integer.toString(config.depthMax()));
        args.add(Integer.toString(config.memoryPercentMax()));
        args.add(plain ? Integer.toString(jobs.getFirst().priority()) : "");
        NewJob before = null;
        String record = "";
        for (NewJob job : jobs) {
            // Those of a bulk say the same as a rule.
            record = before != null && JobRecordText.isAlike(before, job) ? record : JobRecordText.of(job, trace);
            before = job;
            args.add(job.id().toString());
            args.add(record);
            args.add(job.payload());
            if (!plain) {
                args.add(Long.toString(job.delay().toMillis()));
                args.add(Integer.toString(job.priority()));
                args.add(job.options().special() ? "special" : "");
            }
        }
        Response answers = redis.run(ENQUEUE, keys.all(), args);
        Instant at = Instant.ofEpochMilli(answers.get(0).toLong());
        List<EnqueueResult> results = new ArrayList<>(jobs.size());
        if (answers.size() == 2 && answers.get(1).type() != ResponseType.MULTI) {
            // One word for all when each simply waits, which is what a thousand at once do as a rule.
            String status = answers.get(1).toString();
            jobs.forEach(job -> results.add(result(job, status, answers.get(1), at)));
            return results;
        }
        for (int i = 0; i < jobs.size(); i++) {
            Response answer = answers.get(i + 1);
            String status = (answer.type() == ResponseType.MULTI ? answer.get(0) : answer).toString();
            results.add(result(jobs.get(i), status, answer, at));
        }
        return results;
    }

    private static boolean isPlain(NewJob job) {
        return job.delay().isZero() && !job.options().special();
    }

    private EnqueueResult result(NewJob job, String status, Response answer, Instant at) {
        JobId id = job.id();
        return switch (status) {
            case "waiting", "scheduled" -> {
                job.options().dependencies().on().forEach(parent -> follow(parent, id));
                yield new EnqueueResult.Enqueued(id, status.equals("waiting"), at);
            }
            case "known" -> new EnqueueResult.AlreadyKnown(id);
            case "differs" -> new EnqueueResult.IdInUse(id);
            case "duplicate" -> new EnqueueResult.Duplicate(other(answer));
            case "replaced" -> new EnqueueResult.Replaced(other(answer));
            case "full" -> new EnqueueResult.QueueFull(id.queue(), number(answer), config.depthMax());
            case "pressed" -> new EnqueueResult.StorePressed((int) number(answer));
            default -> throw new IllegalStateException("job_enqueue answered " + status);
        };
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

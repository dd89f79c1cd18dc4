package dev.drover.platform.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.stateless.SoftCache;

/**
 * Which queues there are. It lies in another slot than the queues themselves, so a queue is entered here before its first job is: a crash
 * in between leaves an empty queue, never one that recovery does not find.
 */
@Singleton
public final class QueueIndex {

    /** A bound, because any caller may name a new queue and recovery visits them all. */
    public static final int QUEUES_MAX = 1_000;

    private static final Duration SURE_FOR = Duration.ofSeconds(30);
    private static final RedisScript REGISTER = RedisScript.load("queue_register");
    private static final RedisScript RELEASE = RedisScript.load("queue_release");
    private static final List<String> KEYS = List.of(JobKeys.QUEUES, JobKeys.QUEUES_ENTERED);

    private final RedisCalls redis;
    private final Clock clock;

    /** An entry is looked at again soon, in case the store was emptied under us. */
    @SoftCache(
            maxEntries = QUEUES_MAX,
            maxAge = "PT30S",
            because = "a miss registers the queue once more, which changes nothing")
    private final Map<QueueName, Instant> sureUntil = new ConcurrentHashMap<>();

    QueueIndex(RedisCalls redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** False when there are {@value #QUEUES_MAX} queues and this is not one of them. */
    public boolean register(QueueName queue) {
        Instant now = clock.instant();
        Instant sure = sureUntil.get(queue);
        if (sure != null && now.isBefore(sure)) {
            return true;
        }
        Response answer = redis.run(REGISTER, KEYS, List.of(queue.value(), Integer.toString(QUEUES_MAX)));
        boolean registered = !answer.get(0).toString().equals("full");
        if (registered) {
            if (sureUntil.size() >= QUEUES_MAX) {
                // Names of a store that was emptied since.
                sureUntil.clear();
            }
            sureUntil.put(queue, now.plus(SURE_FOR));
        }
        return registered;
    }

    /**
     * Takes a queue out that nobody has entered for long, which is for whoever has found it empty.
     *
     * @param unusedFor longer by far than anybody relies on having entered it
     * @return whether it is out
     */
    public boolean release(QueueName queue, Duration unusedFor) {
        if (unusedFor.compareTo(SURE_FOR.multipliedBy(10)) < 0) {
            throw new IllegalArgumentException("somebody may still rely on having entered the queue: " + unusedFor);
        }
        Response answer = redis.run(RELEASE, KEYS, List.of(queue.value(), Long.toString(unusedFor.toMillis())));
        return answer.toString().equals("released");
    }

    /** In the order of their names. */
    public Set<QueueName> all() {
        Set<QueueName> queues = new TreeSet<>(Comparator.comparing(QueueName::value));
        for (Response name : redis.send(Command.SMEMBERS, JobKeys.QUEUES)) {
            queues.add(new QueueName(name.toString()));
        }
        return queues;
    }
}

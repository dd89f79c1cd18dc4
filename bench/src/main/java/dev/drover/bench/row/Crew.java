package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import redis.clients.jedis.Jedis;

import dev.drover.bench.machine.Processes;
import dev.drover.bench.suite.Account;

/**
 * Those who work on a queue, and where they are asked.
 *
 * @param counted the keys in Redis that hold what is not done yet
 */
record Crew(
        String name,
        URI api,
        Account account,
        String queue,
        String job,
        URI redis,
        List<String> counted,
        List<Long> servers,
        long redisPid) {

    static final int BULK = 1_000;

    private static final String DROVERS = "drover:";

    private static final String OUTBOX = ":outbox";

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration WITHIN = Duration.ofSeconds(120);

    /** What came of so many jobs: of the adding, and of the work on them; processor time is that of the work. */
    record Done(double addedPerSecond, double donePerSecond, double serverMicros, double redisMicros) {

        double[] ofTheWork() {
            return new double[] {donePerSecond, serverMicros, redisMicros};
        }
    }

    /** A job of Drover's that does nothing, and that nobody is told of. */
    static String nothing(String queue) {
        return "{\"queue\":\"%s\",\"type\":\"demo.count\",\"quiet\":true,\"payload\":{\"counter\":\"bench\",\"steps\":0}}"
                .formatted(queue);
    }

    /** Where Drover keeps what is not done yet. */
    static List<String> unfinished(String queue) {
        return List.of(key(queue, ":waiting"), key(queue, ":active"));
    }

    private static String key(String queue, String what) {
        return DROVERS + "{q:" + queue + "}" + what;
    }

    /** The same crew, with jobs whose owner's channel is told of their end: over when all is told. */
    Crew telling() {
        List<String> untold = new ArrayList<>(counted);
        untold.add(key(queue, OUTBOX));
        return new Crew(
                name + ", telling",
                api,
                account,
                queue,
                job.replace("\"quiet\":true,", ""),
                redis,
                List.copyOf(untold),
                servers,
                redisPid);
    }

    static String bulk(String job, int count) {
        return "{\"jobs\":[" + String.join(",", Collections.nCopies(count, job)) + "]}";
    }

    /** Adds them while the queue is paused, and lets it go on until none is left. */
    Done work(int jobs) throws IOException {
        String path = "/queues/" + queue;
        account.post(api.resolve("/jobs/bulk"), bulk(job, 1));
        account.post(api.resolve(path + "/pause"), "");
        String bulk = bulk(job, BULK);
        long adding = System.nanoTime();
        for (int added = 0; added < jobs; added += BULK) {
            account.post(api.resolve("/jobs/bulk"), bulk);
        }
        double addingSeconds = secondsSince(adding);
        double serversBefore = Processes.cpuSeconds(servers);
        double redisBefore = Processes.cpuSeconds(List.of(redisPid));
        long begun = System.nanoTime();
        account.post(api.resolve(path + "/resume"), "");
        awaitNone();
        double seconds = secondsSince(begun);
        double micros = 1e6 / jobs;
        return new Done(
                jobs / addingSeconds,
                jobs / seconds,
                (Processes.cpuSeconds(servers) - serversBefore) * micros,
                (Processes.cpuSeconds(List.of(redisPid)) - redisBefore) * micros);
    }

    void warmUp(Plan plan, int jobs) throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < plan.warmUp().toNanos()) {
            work(jobs);
        }
    }

    void awaitNone() throws IOException {
        long begun = System.nanoTime();
        try (Jedis connection = new Jedis(redis)) {
            long left;
            while ((left = left(connection)) > 0) {
                if (System.nanoTime() - begun > WITHIN.toNanos()) {
                    throw new IOException(left + " jobs are left after " + WITHIN.toSeconds() + " s");
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private long left(Jedis connection) {
        return counted.stream().mapToLong(key -> length(connection, key)).sum();
    }

    /** Drover's are sorted sets and a stream, and BullMQ's lists; asked for its type first, a key could be another one by then. */
    private static long length(Jedis connection, String key) {
        if (key.endsWith(OUTBOX)) {
            return connection.xlen(key);
        }
        return key.startsWith(DROVERS) ? connection.zcard(key) : connection.llen(key);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}

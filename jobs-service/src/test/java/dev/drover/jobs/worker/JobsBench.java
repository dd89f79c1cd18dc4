package dev.drover.jobs.worker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.Leases;
import dev.drover.jobs.lease.QueueSignals;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.TestIdentity;

/**
 * What bench/jobs measures: the service's own code in one process, Redis beside it on the same machine. No test; run by bench/jobs/run.
 * A job has a payload of 9 bytes and does nothing; its owner is the system, so that its end is told to nobody.
 */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobsBench {

    private static final int BATCH = 1_000;
    private static final int JOBS = Integer.parseInt(System.getenv().getOrDefault("BENCH_JOBS", "200000"));
    private static final int HANDS = 1_000;
    private static final Duration HTTP_FOR = Duration.ofSeconds(5);
    private static final Duration LATENCY_FOR = Duration.ofSeconds(5);
    private static final List<String> PERSISTENCE = List.of("off", "everysec", "always");

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    LeaseStore store;

    @Inject
    JobTelemetry telemetry;

    @Inject
    QueueSignals signals;

    @Inject
    RedisCalls redis;

    @TestHTTPResource("/jobs")
    URI jobs;

    @Test
    void measure() throws Exception {
        bulk(JOBS);
        process(1, JOBS);
        http();
        http();
        say(
                "| append-only file | bulk enqueue/s | HTTP enqueue/s | workers | processed/s | half load p50 ms | p99 ms |");
        say("| --- | --- | --- | --- | --- | --- | --- |");
        for (String mode : PERSISTENCE) {
            persist(mode);
            double bulk = bulk(JOBS);
            double http = http();
            for (int workers : new int[] {1, 2, 4}) {
                double processed = process(workers, JOBS);
                long[] waits = latency(workers, processed / 2);
                say("| %s | %,.0f | %,.0f | %d | %,.0f | %.1f | %.1f |"
                        .formatted(
                                mode,
                                bulk,
                                http,
                                workers,
                                processed,
                                waits[waits.length / 2] / 1e6,
                                waits[(int) (waits.length * 0.99)] / 1e6));
            }
        }
        persist("off");
        double before = redisSeconds();
        bulk(JOBS);
        double added = redisSeconds();
        process(2, JOBS);
        double processed = redisSeconds();
        double adding = (added - before) / JOBS * 1e6;
        // Those that are processed are added first.
        double processing = (processed - added) / JOBS * 1e6 - adding;
        say("");
        say("processor time of Redis for a job: %.1f us to add it, %.1f us to lease and complete it"
                .formatted(adding, processing));
        say("memory of a waiting job: %d bytes".formatted(bytesPerJob()));
    }

    private void persist(String mode) {
        RedisNodes server = RedisNodes.ofTheService();
        server.ask("CONFIG", "SET", "appendonly", mode.equals("off") ? "no" : "yes");
        if (!mode.equals("off")) {
            server.ask("CONFIG", "SET", "appendfsync", mode);
        }
    }

    /** Added by two callers at once, a thousand in a call, and removed again. */
    private double bulk(int count) throws Exception {
        QueueName name = Queues.fresh();
        double rate = fill(name, count);
        redis.send(Command.UNLINK, new JobKeys(name).all().toArray(String[]::new));
        return rate;
    }

    private double fill(QueueName name, int count) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = new ArrayList<>();
            for (int caller = 0; caller < 2; caller++) {
                both.add(callers.submit(() -> {
                    for (int added = 0; added < count / 2; added += BATCH) {
                        queue.enqueueAll(batch(name, BATCH));
                    }
                }));
            }
            for (Future<?> one : both) {
                one.get();
            }
        }
        return count / seconds(begun);
    }

    private static List<NewJob> batch(QueueName name, int size) {
        return IntStream.range(0, size)
                .mapToObj(n -> NewJob.now(Queues.id(name), "bench.nothing", "system", "{\"n\":1}"))
                .toList();
    }

    private double process(int workers, int count) throws Exception {
        QueueName name = Queues.fresh();
        fill(name, count);
        CountDownLatch done = new CountDownLatch(count);
        long begun = System.nanoTime();
        List<QueueWorker> started = start(workers, name, execution -> {
            done.countDown();
            return new JobOutcome.Succeeded(null);
        });
        done.await();
        while (redis.send(Command.ZCARD, new JobKeys(name).active()).toInteger() > 0) {
            Thread.onSpinWait();
        }
        double rate = count / seconds(begun);
        stop(started, name);
        return rate;
    }

    /** From the call that adds a job to the beginning of its handler, at a steady rate. */
    private long[] latency(int workers, double perSecond) throws Exception {
        QueueName name = Queues.fresh();
        int perTick = (int) Math.max(1, perSecond / 100);
        int count = perTick * (int) (LATENCY_FOR.toSeconds() * 100);
        long[] waits = new long[count];
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(count);
        List<QueueWorker> started = start(workers, name, execution -> {
            long added = Long.parseLong(execution.payload().replaceAll("\\D", ""));
            waits[begun.getAndIncrement()] = System.nanoTime() - added;
            done.countDown();
            return new JobOutcome.Succeeded(null);
        });
        long next = System.nanoTime();
        for (int added = 0; added < count; added += perTick) {
            next += 10_000_000;
            while (System.nanoTime() < next) {
                Thread.sleep(1);
            }
            String payload = "{\"at\":" + System.nanoTime() + "}";
            queue.enqueueAll(IntStream.range(0, perTick)
                    .mapToObj(n -> NewJob.now(Queues.id(name), "bench.nothing", "system", payload))
                    .toList());
        }
        done.await();
        stop(started, name);
        Arrays.sort(waits);
        return waits;
    }

    private double http() throws Exception {
        QueueName name = Queues.fresh();
        String body = "{\"queue\":\"%s\",\"type\":\"bench.nothing\",\"payload\":{\"n\":1}}".formatted(name);
        HttpRequest request = HttpRequest.newBuilder(jobs)
                .header("Authorization", TestIdentity.logIn().bearer())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        AtomicInteger answered = new AtomicInteger();
        long begun = System.nanoTime();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < 32; caller++) {
                all.add(callers.submit(() -> {
                    while (System.nanoTime() - begun < HTTP_FOR.toNanos()) {
                        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                        if (answer.statusCode() != 202) {
                            throw new IllegalStateException("answered " + answer.statusCode());
                        }
                        answered.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        redis.send(Command.UNLINK, new JobKeys(name).all().toArray(String[]::new));
        return answered.get() / seconds(begun);
    }

    private long bytesPerJob() throws Exception {
        QueueName name = Queues.fresh();
        long before = usedMemory();
        fill(name, JOBS);
        long after = usedMemory();
        redis.send(Command.UNLINK, new JobKeys(name).all().toArray(String[]::new));
        return (after - before) / JOBS;
    }

    /** Processor time of Redis's main thread: what other processes on the machine take does not show in it. */
    private static double redisSeconds() {
        return RedisNodes.ofTheService()
                .ask("INFO", "cpu")
                .getFirst()
                .lines()
                .filter(line ->
                        line.startsWith("used_cpu_sys_main_thread:") || line.startsWith("used_cpu_user_main_thread:"))
                .mapToDouble(line -> Double.parseDouble(line.split(":")[1].strip()))
                .sum();
    }

    private static long usedMemory() {
        return RedisNodes.ofTheService()
                .ask("INFO", "memory")
                .getFirst()
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.split(":")[1].strip()))
                .findFirst()
                .orElseThrow();
    }

    private List<QueueWorker> start(int count, QueueName name, JobOutcomeOf work) {
        JobHandler handler = new JobHandler() {
            @Override
            public String type() {
                return "bench.nothing";
            }

            @Override
            public JobOutcome handle(JobExecution execution) {
                return work.of(execution);
            }
        };
        List<QueueWorker> workers = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            WorkerPolicy policy =
                    new WorkerPolicy("bench-" + n, HANDS / count, Duration.ofSeconds(30), Duration.ofSeconds(30));
            QueueWorker worker =
                    new QueueWorker(name, policy, leases, store, new JobHandlers(List.of(handler)), telemetry);
            workers.add(worker);
            Thread.ofVirtual().start(worker::loop);
        }
        return workers;
    }

    private void stop(List<QueueWorker> workers, QueueName name) throws InterruptedException {
        for (QueueWorker worker : workers) {
            worker.stop();
        }
        signals.raiseAll();
        redis.send(Command.UNLINK, new JobKeys(name).all().toArray(String[]::new));
    }

    private static double seconds(long begunNanos) {
        return (System.nanoTime() - begunNanos) / 1e9;
    }

    private static void say(String line) {
        System.out.println("bench: " + line);
    }

    private interface JobOutcomeOf {
        JobOutcome of(JobExecution execution);
    }
}

package dev.drover.blackbox;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** People who read and write all the time, and note every answer, how long it took, and what was acknowledged. */
final class SteadyLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(120);

    /** @param status 0: there was none */
    record Noted(String what, int status, Duration took, long endedNanos, Reply reply, String failure) {

        boolean isUnavailable() {
            return status == 503;
        }

        @Override
        public String toString() {
            return what + ": " + status + " after " + took.toMillis() + " ms "
                    + (status >= 500 ? reply.body() : failure);
        }
    }

    private final AtomicBoolean over = new AtomicBoolean();
    private final Collection<Noted> noted = new ConcurrentLinkedQueue<>();
    private final Collection<String> acknowledgedJobs = new ConcurrentLinkedQueue<>();
    private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();

    SteadyLoad(List<Person> people) {
        for (Person person : people) {
            for (String service : List.of("auth", "profile", "media", "jobs", "realtime")) {
                String path = Journey.protectedPath(service);
                repeat(() -> note("GET " + path, () -> person.client().get(path)));
            }
            repeat(() -> enqueue(person));
        }
    }

    private void repeat(Runnable step) {
        users.execute(() -> {
            while (!over.get()) {
                step.run();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        });
    }

    /** Due in an hour, so that it is found as it was left. */
    private void enqueue(Person person) {
        Client client =
                person.client().with("Idempotency-Key", UUID.randomUUID().toString());
        Noted answer = note("POST /jobs", () -> client.post("/jobs", """
                {"queue":"faults","type":"test.nothing","payload":{},"delay":"PT1H"}"""));
        if (answer.status() == 202) {
            acknowledgedJobs.add(answer.reply().text("/id"));
        }
    }

    private Noted note(String what, Supplier<Reply> call) {
        long started = System.nanoTime();
        Noted answer;
        try {
            Reply reply = call.get();
            answer = new Noted(what, reply.status(), since(started), System.nanoTime(), reply, "");
        } catch (UncheckedIOException | AssertionError e) {
            answer = new Noted(what, 0, since(started), System.nanoTime(), null, e.toString());
        }
        noted.add(answer);
        return answer;
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    List<Noted> noted() {
        return new ArrayList<>(noted);
    }

    List<String> acknowledgedJobs() {
        return new ArrayList<>(acknowledgedJobs);
    }

    @Override
    public void close() {
        over.set(true);
        users.shutdown();
        try {
            if (!users.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a request has had no answer for half a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

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
    private static final Duration BETWEEN_UPLOADS = Duration.ofMillis(700);

    /** Ten log-ins in a quarter of an hour are an account's. */
    private static final Duration BETWEEN_LOG_INS = Duration.ofSeconds(6);

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
    private final Acknowledged acknowledged = new Acknowledged();
    private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();

    SteadyLoad(List<Person> people) {
        for (Person person : people) {
            for (String service : List.of("auth", "profile", "media", "jobs", "realtime")) {
                String path = Journey.protectedPath(service);
                repeat(PAUSE, () -> note("GET " + path, () -> person.client().get(path)));
            }
            repeat(PAUSE, () -> enqueue(person));
            repeat(PAUSE, () -> publish(person));
            repeat(PAUSE, new Edits(person)::next);
            repeat(BETWEEN_UPLOADS, () -> upload(person));
            repeat(BETWEEN_LOG_INS, () -> logIn(person));
        }
    }

    private void repeat(Duration pause, Runnable step) {
        users.execute(() -> {
            while (!over.get()) {
                step.run();
                LockSupport.parkNanos(pause.toNanos());
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
            acknowledged.job(person, answer.reply().text("/id"));
        }
    }

    private void publish(Person person) {
        String id = "m-" + UUID.randomUUID();
        String path = Acknowledged.channelOf(person) + "/messages";
        Client client = person.client().with("Idempotency-Key", id);
        Noted answer = note("POST message", () -> client.post(path, "{\"id\":\"%s\",\"data\":\"moo\"}".formatted(id)));
        if (answer.status() == 201 || answer.status() == 200) {
            acknowledged.message(person, id);
        }
    }

    private void upload(Person person) {
        Client client =
                person.client().with("Idempotency-Key", UUID.randomUUID().toString());
        Noted answer = note("POST /media/uploads", () -> client.post("/media/uploads", """
                {"fileName":"a.txt","contentType":"text/plain","sizeBytes":3,"sha256":"%s","purpose":"file"}""".formatted("0".repeat(64))));
        if (answer.status() == 201) {
            acknowledged.upload(person, answer.reply().text("/id"));
        }
    }

    private void logIn(Person person) {
        Client client = Client.at(person.client().base())
                .with("Idempotency-Key", UUID.randomUUID().toString());
        Noted answer = note(
                "POST /auth/login",
                () -> client.post(
                        "/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), person.password())));
        if (answer.status() == 200) {
            acknowledged.session(person, answer.reply().text("/accessToken"));
        }
    }

    /** One edit of a profile after the other: a number that grows, at the version last seen. */
    private final class Edits {

        private final Person person;
        private int number;
        private String version = "";

        private Edits(Person person) {
            this.person = person;
        }

        void next() {
            if (version.isEmpty()) {
                Noted seen = note("GET /profiles/me", () -> person.client().get("/profiles/me"));
                version = seen.status() == 200 ? seen.reply().header("ETag").orElseThrow() : "";
                return;
            }
            number++;
            Client client = person.client().with("If-Match", version);
            Noted answer = note(
                    "PATCH /profiles/me", () -> client.patch("/profiles/me", "{\"bio\":\"%d\"}".formatted(number)));
            version = "";
            if (answer.status() == 200) {
                version = answer.reply().header("ETag").orElseThrow();
                acknowledged.edit(person, number);
            }
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

    Acknowledged acknowledged() {
        return acknowledged;
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

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** A request with an Idempotency-Key, sent again to another instance itself, past the gateway. */
class IdempotencyIT {

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(3);
    private static final int SCENES_MAX = 8;
    private static final int CROWD = 36;
    private static final String RECORDS = "drover:{idem:*";

    /** What is each transmission's own. */
    private static final Set<String> PASSING =
            Set.of("date", "idempotency-replayed", "ratelimit", "traceparent", "x-request-id", "x-served-by");

    private final Suite suite = Suite.shared();

    @Test
    void whatOneInstanceAnsweredAnotherRepeatsByteForByte() {
        Person person = Person.signUp(suite.anyone());
        String logIn = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), person.password());
        repeats("auth", suite.anyone(), "/auth/login", logIn);
        repeats("auth", suite.anyone(), "/auth/signup", signUp());
        repeats("auth", suite.anyone(), "/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(person.refreshToken()));
        repeats("jobs", person.client(), "/jobs", "{\"queue\":\"repeats\",\"type\":\"report.build\"}");
        repeats("media", person.client(), "/media/uploads", """
                {"fileName":"a.txt","contentType":"text/plain","sizeBytes":1,"sha256":"%s","purpose":"file"}""".formatted("0".repeat(64)));
        repeats("realtime", person.client(), "/realtime/channels/public:repeats/messages", "{\"data\":1}");
    }

    private void repeats(String service, Client client, String path, String body) {
        Member one = suite.ready(service).getFirst();
        Client keyed = client.with("Idempotency-Key", UUID.randomUUID().toString());

        Reply first = keyed.via(one.url()).post(path, body);
        Reply second = keyed.via(suite.other(one).url()).post(path, body);

        assertThat(first.status()).as("%s: %s", path, first.body()).isBetween(200, 299);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).hasValue("true");
        assertThat(second.servedBy()).isNotEqualTo(first.servedBy());
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.raw().body()).isEqualTo(first.raw().body());
        assertThat(lasting(second)).as(path).isEqualTo(lasting(first));
    }

    private static Map<String, List<String>> lasting(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>();
        reply.raw().headers().map().forEach((name, values) -> {
            if (!PASSING.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name.toLowerCase(Locale.ROOT), values);
            }
        });
        return headers;
    }

    @Test
    void aStoppedInstanceHoldsAKeyForALeaseAndNoLonger() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> missed = new ArrayList<>();
            while (missed.size() < SCENES_MAX) {
                suite.awaitWhole(2);
                Optional<String> why = stopsInTheMiddle(clients);
                if (why.isEmpty()) {
                    return;
                }
                missed.add(why.get());
            }
            throw new AssertionError("no instance could be stopped in the middle of a request: " + missed);
        }
    }

    /** Why not, when the instance was stopped too early or too late: passwords are hashed in a queue, so there is time, but no signal. */
    private Optional<String> stopsInTheMiddle(ExecutorService clients) throws Exception {
        Member stopped = suite.ready("auth").getFirst();
        Client other = suite.anyone().via(suite.other(stopped).url());
        for (int i = 0; i < CROWD; i++) {
            clients.submit(() -> suite.anyone().via(stopped.url()).post("/auth/signup", signUp()));
        }
        String key = UUID.randomUUID().toString();
        String request = signUp();
        Future<Reply> hanging;
        try (RawRedis redis = new RawRedis(suite.redisUrl())) {
            Set<String> known = redis.keys(RECORDS);
            hanging = clients.submit(() -> suite.anyone()
                    .via(stopped.url())
                    .with("Idempotency-Key", key)
                    .post("/auth/signup", request));
            // Its record is there, so it is in the queue or behind it.
            Eventually.within(Duration.ofSeconds(30)).until(() -> !known.containsAll(redis.keys(RECORDS)));
        }
        suite.signal(stopped, "STOP");
        long since = System.nanoTime();
        try {
            Reply inUse = other.with("Idempotency-Key", key).post("/auth/signup", request);
            if (inUse.status() != 409) {
                return Optional.of("another instance answered " + inUse.status());
            }
            assertThat(inUse.text("/code")).isEqualTo("idempotency_key_in_use");
            assertThat(inUse.header("Retry-After")).hasValue("1");
            AtomicReference<Reply> last = new AtomicReference<>();
            Eventually.within(LEASE.plus(SLACK)).until(() -> {
                last.set(other.with("Idempotency-Key", key).post("/auth/signup", request));
                return last.get().status() != 409;
            });
            Duration held = Duration.ofNanos(System.nanoTime() - since);
            if (last.get().header("Idempotency-Replayed").isPresent()) {
                return Optional.of("it was answered before the instance stopped");
            }
            assertThat(last.get().status()).as("%s", last.get().body()).isEqualTo(201);
            assertThat(held).isLessThan(LEASE.plus(SLACK));

            // What the stopped one does when it wakes up changes nothing any more.
            suite.signal(stopped, "CONT");
            assertThat(hanging.get().text("/id")).isIn("", last.get().text("/id"));
            Reply again = other.with("Idempotency-Key", key).post("/auth/signup", request);
            assertThat(again.raw().body()).isEqualTo(last.get().raw().body());
            assertThat(again.header("Idempotency-Replayed")).hasValue("true");
            return Optional.empty();
        } finally {
            suite.kill(stopped);
        }
    }

    private static String signUp() {
        return "{\"email\":\"p-%s@example.org\",\"password\":\"correct horse battery staple\"}"
                .formatted(UUID.randomUUID());
    }
}

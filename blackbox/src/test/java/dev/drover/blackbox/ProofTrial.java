package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.blackbox.FaultyProxy.Answer;
import dev.drover.blackbox.FaultyProxy.Fault;
import dev.drover.blackbox.FaultyProxy.Request;

/**
 * {@code ./drover prove} on real services: what keeps its promises holds, also when it is interrupted, and each promise that is broken is found
 * on its own line. The last one takes its file from the suite's Redis, so the suite is this class's own. It takes minutes, so it is run when it
 * is asked for by its name (docs/proof.md).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProofTrial {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(150);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final String WRITES_ARE_READ =
            "an acknowledged profile write is read back, in order, and none is overwritten unseen";
    private static final String ADMIN = "admin@drover.test";

    @TempDir
    static Path folder;

    private static Suite suite;

    @BeforeAll
    static void startOne() {
        suite = Suite.start(1, Map.of("RATE_LIMIT_UPLOAD", "3/PT5M"));
        suite.awaitWhole(1);
    }

    @AfterAll
    static void stopIt() {
        suite.close();
    }

    @Test
    @Order(1)
    void aProofOfARunningSuiteThatIsInterruptedAuditsAndReportsAllTheSame() throws Exception {
        Process proof = Suite.launch(
                suite.data(),
                Map.of(),
                "prove",
                "--duration=60s",
                "--users=4",
                "--rate=20",
                "--seed=7",
                "--faults=kill,redis-restart",
                "--fault-interval=2500");
        Eventually.within(ENDED_WITHIN).until(() -> {
            assertThat(proof.isAlive()).as(Suite.output(suite.data())).isTrue();
            return lastTick().path("faults").asInt() >= 2;
        });

        Signals.interrupt(proof.pid());

        Verdict verdict = ended(proof, suite.data());
        assertThat(verdict.notHolding()).as("%s", verdict).isEmpty();
        assertThat(verdict.exitCode()).as("%s", verdict).isZero();
        assertThat(verdict.json().path("interrupted").asBoolean()).isTrue();
        assertThat(verdict.json().path("lines").size()).isGreaterThanOrEqualTo(8);
        assertThat(newestProof(suite.data()).resolve("report.html")).isRegularFile();
        suite.awaitWhole(1);
    }

    @Test
    @Order(2)
    void whatAProxyForgetsDropsAndSaysWithoutDoingIsFoundOnTheLineOfEach() throws Exception {
        Verdict verdict = proveThrough(
                new Careless(),
                "profiles,jobs,channels",
                WRITES_ARE_READ,
                "a repeat by its key does nothing twice",
                "each message reaches each follower once, in order");

        assertThat(verdict.holding()).as("%s", verdict).contains("an account that was made lets its owner in");
    }

    @Test
    @Order(3)
    void instancesWithSessionsElsewhereOrQuotasOfTheirOwnAreFound() throws Exception {
        String store = JSON.readTree(suite.data().resolve("lab.json").toFile())
                .at("/stores/s3/endpoint")
                .asText();
        try (Instances auth = new Instances(suite, "auth-service", folder);
                Instances media = new Instances(suite, "media-service", folder);
                RenamingRedis counts = new RenamingRedis(suite.redisUrl(), "drover:{rate:", "drover:{here:")) {
            auth.launch(Map.of(
                    "REDIS_URL",
                    suite.redisUrl() + "/1",
                    "JWT_KEYS",
                    suite.data().resolve("keys").toAbsolutePath().toString()));
            media.launch(Map.of(
                    "REDIS_URL", counts.url(),
                    "RATE_LIMIT_UPLOAD", "3/PT5M",
                    "S3_ENDPOINT", store,
                    "S3_REGION", "us-east-1",
                    "S3_BUCKET", "drover",
                    "AWS_ACCESS_KEY_ID", "somebody",
                    "AWS_SECRET_ACCESS_KEY", "else"));
            auth.awaitListening();
            media.awaitListening();

            proveThrough(
                    new Astray(auth.addresses().getFirst(), media.addresses().getFirst()),
                    "sessions,limits",
                    "a session lives on every instance until it is ended",
                    "all instances together give exactly the quota");
        }
    }

    @Test
    @Order(4)
    void aStoreThatWritesNoFileAndIsRestartedIsFound() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        // What starts it again gives it a file again.
        Thread off = Thread.ofVirtual().start(() -> takeItsFile(going));
        try {
            foundOn(
                    List.of(WRITES_ARE_READ),
                    duration -> ended(
                            Suite.launch(
                                    suite.data(),
                                    Map.of(),
                                    "prove",
                                    "--duration=" + duration.multipliedBy(2).toSeconds() + "s",
                                    "--users=4",
                                    "--rate=30",
                                    "--seed=7",
                                    "--settle=3s",
                                    "--work=profiles",
                                    "--faults=redis-restart",
                                    "--fault-interval=2500"),
                            suite.data()));
        } finally {
            going.set(false);
            off.join();
        }
    }

    private static void takeItsFile(AtomicBoolean going) {
        while (going.get()) {
            try (RawRedis redis = new RawRedis(suite.redisUrl())) {
                redis.send("CONFIG", "SET", "appendonly", "no");
            } catch (UncheckedIOException | IllegalStateException e) {
                // It is being restarted.
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** Says yes to every third change of a profile itself, passes no Idempotency-Key on, and drops every fifth message. */
    private static final class Careless implements Fault {
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger messages = new AtomicInteger();

        @Override
        public boolean passesOn(Request request, String header) {
            return !header.equals("idempotency-key");
        }

        @Override
        public Optional<Answer> instead(Request request) {
            if (!request.method().equals("PATCH") || changes.incrementAndGet() % 3 != 0) {
                return Optional.empty();
            }
            long read = Long.parseLong(request.header("if-match").replace("\"", ""));
            return Optional.of(new Answer(
                    200,
                    Map.of(
                            "Content-Type", List.of("application/json"),
                            "ETag", List.of("\"" + (read + 1) + "\""),
                            "X-Served-By", List.of("nobody")),
                    request.body()));
        }

        @Override
        public boolean drops(String frame) {
            return frame.contains("\"type\":\"message\"") && messages.incrementAndGet() % 5 == 0;
        }
    }

    /** Every other question goes to an instance that does not do as the others do. */
    private static final class Astray implements Fault {
        private final URI auth;
        private final URI media;
        private final AtomicInteger questions = new AtomicInteger();

        Astray(URI auth, URI media) {
            this.auth = auth;
            this.media = media;
        }

        @Override
        public URI target(Request request, URI suite) {
            boolean asks = request.path().equals("/auth/me");
            boolean takes = request.method().equals("POST") && request.path().equals("/media/uploads");
            if (!asks && !takes || questions.incrementAndGet() % 2 == 0) {
                return suite;
            }
            return asks ? auth : media;
        }
    }

    private Verdict proveThrough(Fault fault, String work, String... invariants) throws Exception {
        String password =
                Files.readString(suite.data().resolve("keys/admin.password")).strip();
        try (FaultyProxy proxy = new FaultyProxy(suite.gateway(), fault)) {
            return foundOn(List.of(invariants), duration -> {
                Path data = Files.createTempDirectory(folder, "proof-");
                return ended(
                        Suite.launch(
                                data,
                                Map.of("DROVER_ADMIN_EMAIL", ADMIN, "DROVER_ADMIN_PASSWORD", password),
                                "prove",
                                "--url=" + proxy.url(),
                                "--duration=" + duration.toSeconds() + "s",
                                "--users=4",
                                "--rate=40",
                                "--seed=7",
                                "--settle=6s",
                                "--work=" + work),
                        data);
            });
        }
    }

    private interface Run {
        Verdict lasting(Duration duration) throws Exception;
    }

    /** Of a machine that is busy with something else a few seconds may leave too little to be found, so then it gets more of them. */
    private static Verdict foundOn(List<String> invariants, Run run) throws Exception {
        Verdict verdict = run.lasting(SHORT);
        for (int longer = 3; longer <= 9 && !verdict.notHolding().containsAll(invariants); longer *= 3) {
            verdict = run.lasting(SHORT.multipliedBy(longer));
        }
        assertThat(verdict.notHolding()).as("%s", verdict).containsAll(invariants);
        assertThat(verdict.exitCode()).as("%s", verdict).isEqualTo(1);
        return verdict;
    }

    private record Verdict(int exitCode, JsonNode json, String output) {
        List<String> notHolding() {
            return lines(false);
        }

        List<String> holding() {
            return lines(true);
        }

        private List<String> lines(boolean holds) {
            List<String> found = new ArrayList<>();
            for (JsonNode line : json.path("lines")) {
                boolean well = line.path("lost").asLong()
                                + line.path("duplicated").asLong()
                                + line.path("late").asLong()
                        == 0;
                if (well == holds) {
                    found.add(line.path("invariant").asText());
                }
            }
            return found;
        }

        @Override
        public String toString() {
            return exitCode + "\n" + output;
        }
    }

    private static Verdict ended(Process proof, Path data) throws Exception {
        boolean ended = proof.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            proof.destroyForcibly();
        }
        assertThat(ended).as(Suite.output(data)).isTrue();
        Path verdict = newestProof(data).resolve("verdict.json");
        assertThat(verdict).as(Suite.output(data)).isRegularFile();
        return new Verdict(proof.exitValue(), JSON.readTree(verdict.toFile()), Suite.output(data));
    }

    private static JsonNode lastTick() {
        JsonNode last = JSON.createObjectNode();
        try {
            Path events = newestProof(suite.data()).resolve("events.jsonl");
            for (String line : Files.exists(events) ? Files.readAllLines(events) : List.<String>of()) {
                if (line.contains("\"event\":\"tick\"") && line.endsWith("}")) {
                    last = JSON.readTree(line);
                }
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newestProof(Path data) {
        Path proofs = data.resolve("proofs");
        if (!Files.isDirectory(proofs)) {
            return proofs;
        }
        try (Stream<Path> all = Files.list(proofs)) {
            return all.max(Path::compareTo).orElse(proofs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

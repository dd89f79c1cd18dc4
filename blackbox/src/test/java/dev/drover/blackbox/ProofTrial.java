package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.blackbox.Proving.Verdict;

/**
 * {@code ./drover prove} on real services, beyond {@link ProofIT}: what keeps its promises holds, also when it is interrupted, and instances
 * that keep something to themselves and a Redis without its file are found. The last one takes its file from the suite's Redis, so the suite is
 * this class's own. It takes minutes, so it is run when it is asked for by its name (docs/proof.md).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProofTrial {
    private static final String SMALL_QUOTA = "3/PT5M";

    @TempDir
    static Path folder;

    private static Suite suite;

    @BeforeAll
    static void startOne() {
        suite = Suite.start(1, Map.of("RATE_LIMIT_UPLOAD", SMALL_QUOTA));
        suite.awaitWhole(1);
    }

    @AfterAll
    static void stopIt() {
        suite.close();
    }

    @Test
    @Order(1)
    void aProofOfARunningSuiteThatIsInterruptedAuditsAndReportsAllTheSame() throws Exception {
        Process proof = LabProcess.launch(
                suite.data(),
                Map.of(),
                "prove",
                "--duration=60s",
                "--users=4",
                "--rate=20",
                "--seed=7",
                "--faults=kill,redis-restart",
                "--fault-interval=2500");
        Eventually.within(Proving.ENDED_WITHIN).until(() -> {
            assertThat(proof.isAlive()).as(LabProcess.output(suite.data())).isTrue();
            return Proving.lastTick(suite.data()).path("faults").asInt() >= 2;
        });

        Signals.interrupt(proof.pid());

        Verdict verdict = Proving.ended(proof, suite.data());
        assertThat(verdict.notHolding()).as("%s", verdict).isEmpty();
        assertThat(verdict.exitCode()).as("%s", verdict).isZero();
        assertThat(verdict.json().path("interrupted").asBoolean()).isTrue();
        assertThat(verdict.json().path("lines").size()).isGreaterThanOrEqualTo(8);
        assertThat(verdict.folder().resolve("report.html")).isRegularFile();
        suite.awaitWhole(1);
    }

    @Test
    @Order(2)
    void instancesWithSessionsElsewhereOrQuotasOfTheirOwnAreFound() throws Exception {
        String store = new ObjectMapper()
                .readTree(suite.data().resolve("lab.json").toFile())
                .at("/stores/s3/endpoint")
                .asText();
        try (Instances auth = new Instances(suite, "auth", folder);
                Instances media = new Instances(suite, "media", folder);
                RenamingRedis counts = new RenamingRedis(suite.redisUrl(), "drover:{rate:", "drover:{here:")) {
            auth.launch(Map.of(
                    "REDIS_URL",
                    suite.redisUrl() + "/1",
                    "JWT_KEYS",
                    suite.data().resolve("keys").toAbsolutePath().toString()));
            media.launch(Map.of(
                    "REDIS_URL", counts.url(),
                    "RATE_LIMIT_UPLOAD", SMALL_QUOTA,
                    "S3_ENDPOINT", store,
                    "S3_REGION", "us-east-1",
                    "S3_BUCKET", "drover",
                    "AWS_ACCESS_KEY_ID", "somebody",
                    "AWS_SECRET_ACCESS_KEY", "else"));
            auth.awaitListening();
            media.awaitListening();

            Proving.foundThrough(
                    new Astray(auth.addresses().getFirst(), media.addresses().getFirst()),
                    suite,
                    folder,
                    "sessions,limits",
                    "a session lives on every instance until it is ended",
                    "all instances together give exactly the quota");
        }
    }

    @Test
    @Order(3)
    void aStoreThatWritesNoFileAndIsRestartedIsFound() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        // What starts it again gives it a file again.
        Thread off = Thread.ofVirtual().start(() -> takeItsFile(going));
        try {
            Proving.found(
                    List.of(Proving.WRITES_ARE_READ),
                    duration -> Proving.ended(
                            LabProcess.launch(
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
}

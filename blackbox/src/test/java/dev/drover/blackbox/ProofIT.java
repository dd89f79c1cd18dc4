package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof of real services, behind a proxy that breaks their promises, finds each on its own line. What takes longer is in {@link ProofTrial}. */
class ProofIT {
    private static final String[] BROKEN = {
        Proving.WRITES_ARE_READ,
        "a repeat by its key does nothing twice",
        "a job's effect counts once, and a worker without lease changes nothing",
        "a tick of a schedule fires once over all instances",
        "each message reaches each follower once, in order"
    };

    @TempDir
    static Path folder;

    private static Proving.Verdict verdict;

    @BeforeAll
    static void prove() throws Exception {
        verdict = Proving.foundThrough(
                new Careless(), Suite.shared(), folder, "profiles,jobs,schedules,channels", BROKEN);
    }

    @Test
    void promisesThatAreBrokenAreFoundAndThoseThatAreKeptHold() {
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.notHolding()).as("%s", verdict).contains(BROKEN);
        assertThat(verdict.holding())
                .as("%s", verdict)
                .contains(
                        "an account that was made lets its owner in",
                        "a session lives on every instance until it is ended");
    }

    @Test
    void theReportIsOnePageForEveryScreen() throws Exception {
        Browser.run(
                "report.test.js",
                Map.of("REPORT", verdict.folder().resolve("report.html").toString()));
    }
}

package dev.drover.lab.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.drover.lab.prove.model.Defect;
import dev.drover.lab.prove.model.ModelSuite;
import dev.drover.lab.prove.report.HtmlReport;
import dev.drover.lab.prove.report.JsonReport;
import dev.drover.lab.prove.report.Outcome;
import dev.drover.lab.prove.report.TextReport;
import dev.drover.lab.prove.user.Crowd;

/** A proof is worth what it finds: each defect is one of those that statelessness is there against, and each is caught by the one invariant it breaks. */
@Execution(ExecutionMode.CONCURRENT)
class ProofTest {
    @TempDir
    Path data;

    @Test
    void aSuiteThatKeepsItsPromisesHolds() throws Exception {
        Outcome outcome = prove(Defect.NONE, Duration.ofSeconds(3), Set.copyOf(Crowd.WORKS));

        assertThat(outcome.verdict().failures()).isEmpty();
        assertThat(outcome.verdict().exitCode()).isZero();
        assertThat(outcome.verdict().counters().acknowledged()).isPositive();
        assertThat(outcome.faults()).isNotEmpty();
        assertThat(outcome.verdict().lines())
                .as("every auditor had something to ask for")
                .hasSize(16)
                .allSatisfy(line -> assertThat(line.checked()).isPositive());
    }

    @Test
    void sessionsInProcessMemoryAreCaught() throws Exception {
        expectBroken(
                Defect.SESSIONS_IN_PROCESS_MEMORY, "a session lives on every instance until it is ended", "sessions");
    }

    @Test
    void aLimiterThatCountsLocallyIsCaught() throws Exception {
        expectBroken(Defect.LIMITER_COUNTS_LOCALLY, "all instances together give exactly the quota", "limits");
    }

    @Test
    void aCompletionWithoutFencingIsCaught() throws Exception {
        expectBroken(
                Defect.COMPLETION_WITHOUT_FENCING,
                "a job's effect counts once, and a worker without lease changes nothing",
                "jobs");
    }

    @Test
    void aCronWithoutClaimIsCaught() throws Exception {
        expectBroken(Defect.CRON_WITHOUT_CLAIM, "a tick of a schedule fires once over all instances", "schedules");
    }

    @Test
    void anAcknowledgementBeforeTheWriteIsCaught() throws Exception {
        expectBroken(
                Defect.ACKNOWLEDGED_BEFORE_WRITTEN,
                "an acknowledged profile write is read back, in order, and none is overwritten unseen",
                "profiles");
    }

    @Test
    void aMessageDroppedOnReconnectIsCaught() throws Exception {
        // Followers have to lose their connection while somebody speaks, which takes a busy machine a while.
        expectBroken(
                Defect.MESSAGES_DROPPED_ON_RECONNECT,
                "each message reaches each follower once, in order",
                "channels",
                Duration.ofSeconds(10));
    }

    @Test
    void aStoreWithoutFileThatIsRestartedIsCaught() throws Exception {
        expectBroken(
                Defect.STORE_WITHOUT_FILE,
                "an acknowledged profile write is read back, in order, and none is overwritten unseen",
                "profiles");
    }

    @Test
    void aKeyThatIsIgnoredIsCaught() throws Exception {
        expectBroken(Defect.KEY_IGNORED, "a repeat by its key does nothing twice", "jobs");
    }

    @Test
    void aDamagedFileIsCaught() throws Exception {
        expectBroken(Defect.FILE_DAMAGED, "an acknowledged upload is there, once, byte for byte", "uploads");
    }

    @Test
    void aCopyOfTheFlagsThatIsNeverRenewedIsCaught() throws Exception {
        expectBroken(Defect.FLAGS_NEVER_RENEWED, "an acknowledged change of a flag is on every instance", "flags");
    }

    @Test
    void anErasureByHalfIsCaught() throws Exception {
        expectBroken(Defect.ERASED_BY_HALF, "of a user who was erased nothing answers", "erasure");
    }

    @Test
    void aMailThatIsForgottenIsCaught() throws Exception {
        expectBroken(Defect.MAIL_FORGOTTEN, "a new account is sent its mail", "sessions");
    }

    @Test
    void whatIsInterruptedIsAuditedAndReportedAllTheSame() throws Exception {
        AtomicReference<Proof> running = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean wasTheAudit = new AtomicBoolean();
        Duration aDay = Duration.ofHours(24);

        Outcome outcome = prove(Defect.NONE, aDay, Set.of("profiles"), running, counters -> {
            // Once: what is interrupted again, while it audits, is another case.
            if (counters.acknowledged() > 20 && !interrupted.getAndSet(true)) {
                wasTheAudit.set(running.get().interrupt());
            }
        });

        assertThat(wasTheAudit).isFalse();
        assertThat(outcome.verdict().interrupted()).isTrue();
        assertThat(outcome.verdict().exitCode()).isZero();
        assertThat(outcome.verdict().lines()).isNotEmpty();
        assertThat(TextReport.of(outcome)).contains("ended before its time");
    }

    /** Whoever asks it to end while it asks for everything is not kept waiting until that is over. */
    @Test
    void whatIsInterruptedWhileItAuditsProvesNothingAndReportsWhatItFound() throws Exception {
        AtomicReference<Proof> running = new AtomicReference<>();
        AtomicBoolean wasTheAudit = new AtomicBoolean();

        // A mail that does not come is waited for, seven ticks long.
        Outcome outcome = prove(Defect.MAIL_FORGOTTEN, Duration.ofSeconds(3), Set.of("sessions"), running, counters -> {
            if (counters.phase() == Counters.Phase.AUDITING) {
                wasTheAudit.set(running.get().interrupt());
            }
        });

        assertThat(wasTheAudit).isTrue();
        assertThat(outcome.verdict().interrupted()).isTrue();
        assertThat(outcome.verdict().exitCode()).isEqualTo(2);
        assertThat(TextReport.of(outcome)).contains("Not proved: it was ended before everything was asked for");
    }

    private void expectBroken(Defect defect, String invariant, String work) throws Exception {
        expectBroken(defect, invariant, work, Duration.ofSeconds(3));
    }

    private void expectBroken(Defect defect, String invariant, String work, Duration duration) throws Exception {
        Outcome outcome = prove(defect, duration, Set.of(work));

        assertThat(outcome.verdict().exitCode()).isEqualTo(1);
        assertThat(outcome.verdict().lines())
                .filteredOn(line -> line.invariant().equals(invariant))
                .singleElement()
                .satisfies(line -> assertThat(line.holds()).as("%s", line).isFalse());
        assertThat(outcome.verdict().failures())
                .filteredOn(failure -> failure.sequence() > 0)
                .isNotEmpty();
        assertThat(TextReport.of(outcome))
                .contains("Does not hold", invariant, "--users 6 --seed 7", "--fault-interval 1500 --work " + work);
    }

    private Outcome prove(Defect defect, Duration duration, Set<String> work) throws Exception {
        return prove(defect, duration, work, new AtomicReference<>(), counters -> {});
    }

    private Outcome prove(
            Defect defect,
            Duration duration,
            Set<String> work,
            AtomicReference<Proof> running,
            Consumer<Counters> ticked)
            throws Exception {
        ProofFolder folder = ProofFolder.of(data, Proof.name(Clock.systemUTC(), 7));
        try (ModelSuite suite = new ModelSuite(defect);
                Writer events = folder.writer(folder.events())) {
            ProofPlan plan = new ProofPlan(
                    duration,
                    List.of(FaultKind.REDIS_RESTART),
                    Duration.ofMillis(1_500),
                    60,
                    6,
                    7,
                    work,
                    // One that breaks its promises need not be waited for.
                    Duration.ofSeconds(defect == Defect.NONE ? 60 : 4));
            ProofEvents told = new EventsToAll(List.of(new ProofLines(events), new Ticked(ticked)));
            running.set(new Proof(plan, suite, folder, told, Clock.systemUTC()));
            Outcome outcome = running.get().run();
            expectReports(outcome, folder);
            return outcome;
        }
    }

    private static void expectReports(Outcome outcome, ProofFolder folder) throws IOException {
        assertThat(HtmlReport.of(outcome, folder))
                .contains("<polyline", TextReport.conclusion(outcome.verdict()))
                .doesNotContain("{{", "<script", "src=");
        assertThat(JsonReport.of(outcome)).contains("\"lines\"", "\"replay\"");
    }

    private record Ticked(Consumer<Counters> ticked) implements ProofEvents {
        @Override
        public void started(ProofRun run) {}

        @Override
        public void tick(Counters counters) {
            ticked.accept(counters);
        }

        @Override
        public void fault(Fault fault) {}

        @Override
        public void finished(Verdict verdict) {}
    }
}

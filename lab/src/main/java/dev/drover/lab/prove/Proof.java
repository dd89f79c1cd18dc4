package dev.drover.lab.prove;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.HdrHistogram.Histogram;

import dev.drover.lab.prove.Counters.Phase;
import dev.drover.lab.prove.audit.Audits;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Traffic;
import dev.drover.lab.prove.fault.FaultPlan;
import dev.drover.lab.prove.fault.Faults;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.ledger.Ledger;
import dev.drover.lab.prove.report.Outcome;
import dev.drover.lab.prove.user.AdminSession;
import dev.drover.lab.prove.user.Crowd;
import dev.drover.lab.prove.user.CrowdPlan;
import dev.drover.lab.prove.user.World;

/** Load, faults, rest, and the question for everything that was acknowledged. */
public final class Proof {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration WHOLE_WITHIN = Duration.ofMinutes(3);
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(90);
    private static final Duration STEP_WITHIN = Duration.ofSeconds(60);
    private static final Duration WARM_MAX = Duration.ofSeconds(15);
    private static final Duration QUIET_END = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 100;
    private static final double MICROS = 1_000.0;

    private final ProofPlan plan;
    private final Herd herd;
    private final ProofFolder folder;
    private final ProofEvents events;
    private final ProofRun run;
    private final long startedNanos = System.nanoTime();
    private final Traffic traffic;
    private final Audits audits = new Audits();
    /** Events come one at a time. */
    private final ReentrantLock telling = new ReentrantLock();
    /** Whoever interrupts the audit interrupts nothing that comes after it. */
    private final ReentrantLock asking = new ReentrantLock();

    /** Who asks for everything, while it does. */
    private Optional<Thread> auditor = Optional.empty();

    private volatile boolean auditEnded;

    private volatile Phase phase = Phase.STARTING;
    private volatile boolean interrupted;
    private volatile Optional<Faults> faults = Optional.empty();
    private volatile List<String> notes = List.of();
    private volatile Ledger ledgerSeen;
    private long requestsBefore;
    private long tickedNanos = startedNanos;

    public Proof(ProofPlan plan, Herd herd, ProofFolder folder, ProofEvents events, Clock clock) {
        this.plan = plan;
        this.herd = herd;
        this.folder = folder;
        this.events = events;
        this.run = new ProofRun(
                folder.id(),
                plan,
                plan.faults().stream().filter(herd.possible()::contains).toList(),
                herd.gateway(),
                clock.instant());
        CrowdPlan crowd = crowdPlan();
        this.traffic = new Traffic(crowd.betweenSteps().toNanos() / 1_000);
    }

    /** {@code 2026-11-21T19-40-00Z-seed-7} */
    public static String name(Clock clock, long seed) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-') + "-seed-" + seed;
    }

    /**
     * Ends the load now; what was done so far is audited and reported. While it is audited, ends that too: then nothing is proved, and what was
     * found is reported.
     *
     * @return whether it was the audit that was ended
     */
    public boolean interrupt() {
        interrupted = true;
        faults.ifPresent(Faults::stop);
        asking.lock();
        try {
            auditEnded |= auditor.isPresent();
            auditor.ifPresent(Thread::interrupt);
            return auditEnded;
        } finally {
            asking.unlock();
        }
    }

    /** Runs it to its end. */
    public Outcome run() throws IOException, InterruptedException {
        tell(() -> events.started(run));
        Thread ticker = Thread.ofVirtual().start(this::tickOn);
        String trouble = "";
        try (Ledger ledger = Ledger.open(folder.ledger(), () -> elapsed().toMillis());
                PublicApi api = new PublicApi(gateway(), traffic)) {
            ledgerSeen = ledger;
            try {
                trouble = prove(ledger, api);
            } catch (IOException e) {
                trouble = "it could not go on: " + e.getMessage();
            }
            ticker.interrupt();
            ticker.join();
            if (trouble.isEmpty() && audits.lines().isEmpty()) {
                trouble = "nothing could be checked: the suite has acknowledged nothing";
            }
            Verdict verdict = new Verdict(run, interrupted, trouble, audits.lines(), audits.failures(), counters());
            tell(() -> events.finished(verdict));
            return outcome(verdict);
        }
    }

    /** @return why nothing is proved, empty when all was asked for */
    private String prove(Ledger ledger, PublicApi api) throws IOException, InterruptedException {
        World world = new World(api, ledger, herd, Long.toString(run.startedAt().getEpochSecond(), 36));
        Optional<AdminSession> admin = Optional.empty();
        if (herd.admin().isPresent()) {
            admin = AdminSession.begin(world, herd.admin().get());
        }
        try (Crowd crowd = new Crowd(world, crowdPlan(), admin)) {
            crowd.start(STARTED_WITHIN);
            phase = Phase.WARMING;
            traffic.begins();
            Thread lastFaults = hurt();
            phase = Phase.SETTLING;
            crowd.stopLoad(STEP_WITHIN);
            lastFaults.join(WHOLE_WITHIN);
            awaitWhole();
            traffic.ends();
            crowd.settle(plan.settle());
            notes = crowd.notes();
        }
        Optional<String> token = admin.isPresent() ? admin.get().token() : Optional.empty();
        return audit(ledger, api, token);
    }

    private String audit(Ledger ledger, PublicApi api, Optional<String> token)
            throws IOException, InterruptedException {
        phase = Phase.AUDITING;
        auditedBy(Optional.of(Thread.currentThread()));
        try {
            audits.run(ledger, api, herd, token, plan.settle());
            return "";
        } catch (InterruptedException | IOException | RuntimeException e) {
            // What they ask with makes this and that of being interrupted.
            if (!auditEnded) {
                throw e;
            }
            return "it was ended before everything was asked for";
        } finally {
            auditedBy(Optional.empty());
            // Whatever came as the last question was answered: the report is written all the same.
            Thread.interrupted();
        }
    }

    private void auditedBy(Optional<Thread> thread) {
        asking.lock();
        try {
            auditor = thread;
        } finally {
            asking.unlock();
        }
    }

    /**
     * Until the duration is over; the beginning and the end are left in peace, the first to have something to compare with.
     *
     * @return ends when what was hit last is whole again
     */
    private Thread hurt() throws InterruptedException {
        long loadFrom = elapsed().toMillis();
        Duration warm = min(plan.duration().dividedBy(8), WARM_MAX);
        Duration from = Duration.ofMillis(loadFrom).plus(warm);
        Duration until = Duration.ofMillis(loadFrom).plus(plan.duration());
        FaultPlan drawn = FaultPlan.drawn(
                plan.seed(),
                run.faults(),
                herd.services(),
                from,
                until.minus(min(QUIET_END, plan.duration().dividedBy(4))),
                plan.between());
        Faults inflicting = new Faults(herd, drawn, traffic, fault -> tell(() -> events.fault(fault)), startedNanos);
        faults = Optional.of(inflicting);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                inflicting.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (!interrupted && elapsed().compareTo(until) < 0) {
            if (phase == Phase.WARMING && !run.faults().isEmpty() && elapsed().compareTo(from) >= 0) {
                phase = Phase.FAULTS;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        inflicting.stop();
        return thread;
    }

    private void awaitWhole() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + WHOLE_WITHIN.toNanos();
        while (!herd.isWhole()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the suite is not whole " + WHOLE_WITHIN.toSeconds() + " s after the last fault");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void tickOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(TICK);
                Counters now = counters();
                tell(() -> events.tick(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Counters counters() {
        Histogram lately = traffic.lately();
        long requests = traffic.requests();
        long nanos = System.nanoTime();
        double seconds = Math.max(0.001, (nanos - tickedNanos) / 1e9);
        double rate = (requests - requestsBefore) / seconds;
        requestsBefore = requests;
        tickedNanos = nanos;
        Ledger ledger = ledgerSeen;
        return new Counters(
                phase,
                elapsed(),
                ledger == null ? 0 : ledger.countAcknowledged(),
                ledger == null ? 0 : ledger.countUnknown(),
                requests,
                traffic.errors(),
                audits.lost(),
                audits.duplicated(),
                audits.late(),
                faults.map(Faults::inflicted).orElse(0),
                rate,
                lately.getValueAtPercentile(50) / MICROS,
                lately.getValueAtPercentile(99) / MICROS);
    }

    private Outcome outcome(Verdict verdict) {
        List<Fault> done = faults.map(Faults::done).orElse(List.of());
        List<String> failed = faults.map(Faults::failed).orElse(List.of());
        return new Outcome(verdict, done, failed, notes, traffic.troubles(), traffic.calm(), traffic.disturbed());
    }

    private void tell(Runnable word) {
        telling.lock();
        try {
            word.run();
        } finally {
            telling.unlock();
        }
    }

    private CrowdPlan crowdPlan() {
        return new CrowdPlan(plan.users(), plan.rate(), plan.seed(), plan.work());
    }

    private URI gateway() {
        return herd.gateway();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

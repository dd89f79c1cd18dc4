package dev.drover.lab.prove;

import java.time.Duration;
import java.util.Locale;

import dev.drover.lab.console.Terminal;

/** Says how a proof goes, in the order in which it went: a line per fault, once what it hit is whole, and one in five seconds for the rest. */
final class ProofConsole implements ProofEvents {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Terminal terminal;
    private Duration saidAt = Duration.ZERO;
    private Counters.Phase saidPhase = Counters.Phase.STARTING;

    ProofConsole(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void started(ProofRun run) {
        terminal.line("A proof of " + run.gateway() + ": " + run.duration().toSeconds() + " s of load, " + run.rate()
                + " steps a second, seed " + run.seed()
                + "; then all that was acknowledged is asked for, which takes about a minute more");
    }

    @Override
    public void tick(Counters counters) {
        boolean due = counters.elapsed().minus(saidAt).compareTo(EVERY) >= 0;
        if (!due && counters.phase() == saidPhase) {
            return;
        }
        saidAt = counters.elapsed();
        saidPhase = counters.phase();
        terminal.line(String.format(
                Locale.ROOT,
                "  %7s  %-9s acknowledged %,d · unknown %,d · faults %,d · %.0f requests/s, p99 %.0f ms",
                Terminal.seconds(counters.elapsed()),
                counters.phase().name().toLowerCase(Locale.ROOT),
                counters.acknowledged(),
                counters.unknown(),
                counters.faults(),
                counters.requestsPerSecond(),
                counters.p99Millis()));
    }

    @Override
    public void fault(Fault fault) {
        fault.untilReady()
                .ifPresent(took -> terminal.line(String.format(
                        Locale.ROOT,
                        "  %7s  fault %d: %s %s at %s, whole after %s",
                        Terminal.seconds(fault.at().plus(took)),
                        fault.number(),
                        fault.kind().label(),
                        fault.target(),
                        Terminal.seconds(fault.at()),
                        Terminal.seconds(took))));
    }

    @Override
    public void finished(Verdict verdict) {
        // The report says it all.
    }
}

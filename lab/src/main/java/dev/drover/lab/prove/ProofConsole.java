package dev.drover.lab.prove;

import java.time.Duration;
import java.util.Locale;

import dev.drover.lab.console.Terminal;

/** Says how a proof goes: a line per fault, and one in five seconds for the rest. */
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
        terminal.line("A proof of " + run.gateway() + ": " + run.duration().toSeconds() + " s, " + run.rate()
                + " steps a second, seed " + run.seed());
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
                "  %5s  %-9s acknowledged %,d · unknown %,d · faults %,d · %.0f requests/s, p99 %.0f ms",
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
        String what = "  " + Terminal.seconds(fault.at()) + "  fault " + fault.number() + ": "
                + fault.kind().label() + " " + fault.target();
        fault.untilReady().ifPresent(took -> terminal.line(what + ", whole after " + Terminal.seconds(took)));
    }

    @Override
    public void finished(Verdict verdict) {
        // The report says it all.
    }
}

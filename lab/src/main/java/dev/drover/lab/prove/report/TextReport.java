package dev.drover.lab.prove.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.HdrHistogram.Histogram;

import dev.drover.lab.prove.Counters;
import dev.drover.lab.prove.Fault;
import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.prove.ProofPlan;
import dev.drover.lab.prove.ProofRun;
import dev.drover.lab.prove.Verdict;
import dev.drover.lab.prove.client.Latency;
import dev.drover.lab.prove.user.Crowd;

/** For people at a terminal. */
public final class TextReport {
    private static final int FAILURES_SHOWN = 20;
    private static final int TROUBLES_SHOWN = 12;

    private TextReport() {}

    public static String of(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Verdict verdict = outcome.verdict();
        table(lines, verdict);
        failures(lines, verdict);
        faults(lines, outcome);
        load(lines, outcome);
        lines.add("");
        lines.add(conclusion(verdict));
        return String.join("\n", lines) + "\n";
    }

    private static void table(List<String> lines, Verdict verdict) {
        lines.add("");
        lines.add("  %-15s %-84s %8s %6s %6s %6s".formatted("", "invariant", "checked", "lost", "twice", "late"));
        for (Verdict.Line line : verdict.lines()) {
            lines.add("%s %-15s %-84s %8d %6d %6d %6d"
                    .formatted(
                            line.holds() ? "✓" : "✗",
                            line.id(),
                            line.invariant(),
                            line.checked(),
                            line.lost(),
                            line.duplicated(),
                            line.late()));
        }
    }

    private static void failures(List<String> lines, Verdict verdict) {
        if (verdict.failures().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What does not hold (the number is the entry's in ledger.jsonl):");
        verdict.failures().stream()
                .limit(FAILURES_SHOWN)
                .forEach(failure -> lines.add("  ✗ %-12s #%d %s%s"
                        .formatted(
                                failure.invariantId(),
                                failure.sequence(),
                                failure.what(),
                                failure.instance().isEmpty() ? "" : ", by " + failure.instance())));
        if (verdict.failures().size() > FAILURES_SHOWN) {
            lines.add("  … and " + (verdict.failures().size() - FAILURES_SHOWN) + " more in verdict.json");
        }
        lines.add("  The same faults again: " + replay(verdict.run()));
    }

    static String replay(ProofRun run) {
        String kinds = run.faults().isEmpty()
                ? "none"
                : run.faults().stream().map(FaultKind::label).collect(Collectors.joining(","));
        ProofPlan plan = run.plan();
        String all = "./drover prove --duration %ds --rate %d --users %d --seed %d --faults %s --fault-interval %d"
                .formatted(
                        plan.duration().toSeconds(),
                        plan.rate(),
                        plan.users(),
                        plan.seed(),
                        kinds,
                        plan.between().toMillis());
        boolean everything = plan.work().containsAll(Crowd.WORKS);
        return everything ? all : all + " --work " + String.join(",", new TreeSet<>(plan.work()));
    }

    private static void faults(List<String> lines, Outcome outcome) {
        if (outcome.faults().isEmpty() && outcome.notDone().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  %-15s %6s   until what it hit was whole: median, longest".formatted("fault", "times"));
        Map<FaultKind, List<Fault>> byKind = outcome.faults().stream()
                .collect(Collectors.groupingBy(Fault::kind, TreeMap::new, Collectors.toList()));
        byKind.forEach((kind, faults) -> {
            List<Duration> took = faults.stream()
                    .flatMap(fault -> fault.untilReady().stream())
                    .sorted(Comparator.naturalOrder())
                    .toList();
            String times =
                    took.isEmpty() ? "never" : seconds(took.get(took.size() / 2)) + ", " + seconds(took.getLast());
            lines.add("  %-15s %6d   %s".formatted(kind.label(), faults.size(), times));
        });
        outcome.notDone().forEach(reason -> lines.add("  not done: " + reason));
    }

    private static void load(List<String> lines, Outcome outcome) {
        Counters counters = outcome.verdict().counters();
        lines.add("");
        lines.add("  latency         %10s %10s %10s %10s".formatted("requests", "p50", "p99", "max"));
        latency(lines, "without faults", outcome.calm());
        latency(lines, "with faults", outcome.disturbed());
        if (!outcome.troubles().isEmpty()) {
            lines.add("");
            lines.add("  what clients met, before they tried again:");
            outcome.troubles().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(TROUBLES_SHOWN)
                    .forEach(trouble -> lines.add("    %8d  %s".formatted(trouble.getValue(), trouble.getKey())));
        }
        outcome.notes().forEach(note -> lines.add("  note: " + note));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "  of %,d requests %,d were given up after all retries",
                counters.requests(),
                counters.errors()));
    }

    private static void latency(List<String> lines, String name, Latency latency) {
        Histogram micros = latency.micros();
        lines.add("  %-15s %10d %7d ms %7d ms %7d ms"
                .formatted(
                        name,
                        latency.requests(),
                        micros.getValueAtPercentile(50) / 1_000,
                        micros.getValueAtPercentile(99) / 1_000,
                        micros.getMaxValue() / 1_000));
    }

    /** The line that counts. */
    public static String conclusion(Verdict verdict) {
        if (!verdict.trouble().isEmpty()) {
            return "Not proved: " + verdict.trouble() + ".";
        }
        Counters counters = verdict.counters();
        return String.format(
                Locale.ROOT,
                "%s: acknowledged %,d · unknown %,d · lost %,d · duplicated %,d · late %,d · faults %,d · seed %d%s",
                verdict.holds() ? "Holds" : "Does not hold",
                counters.acknowledged(),
                counters.unknown(),
                counters.lost(),
                counters.duplicated(),
                counters.late(),
                counters.faults(),
                verdict.run().seed(),
                verdict.interrupted() ? " · ended before its time" : "");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}

package dev.drover.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;

import dev.drover.bench.load.ClosedLoop;
import dev.drover.bench.load.Loaded;
import dev.drover.bench.load.OpenLoop;
import dev.drover.bench.machine.Processes;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;

/** Sides in turn, repetition by repetition, under the same load: whatever else the machine does meets all of them. */
final class Turns {

    /** Of the slower side's throughput: where it is the request that is measured and not the queue before it. */
    private static final double LATENCY_LOAD = 0.5;

    private final Plan plan;
    private final Report report;

    Turns(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    /** A load and what it is charged to. */
    @FunctionalInterface
    interface Load {
        Loaded run(Side side, Duration lasting) throws IOException;
    }

    /** @param cpuMicros of the servers, for an answer */
    record Seen(Figures rate, Figures cpuMicros, Figures redisMicros) {

        Figures perCoreSecond() {
            return cpuMicros.inverse().times(1e6);
        }
    }

    Map<Side, Seen> throughput(String row, List<Side> sides, Load load) throws IOException {
        Map<Side, List<double[]>> taken = new LinkedHashMap<>();
        for (Side side : sides) {
            load.run(side, plan.warmUp());
            taken.put(side, new ArrayList<>());
        }
        for (int i = 0; i < plan.repetitions(); i++) {
            // Every other time the other way round.
            for (Side side : i % 2 == 0 ? sides : sides.reversed()) {
                taken.get(side).add(once(side, load));
            }
        }
        Map<Side, Seen> seen = new LinkedHashMap<>();
        taken.forEach((side, all) -> seen.put(side, kept(row, side, all)));
        return seen;
    }

    private double[] once(Side side, Load load) throws IOException {
        double servers = Processes.cpuSeconds(side.servers());
        double redis = Processes.cpuSeconds(List.of(side.redis()));
        Loaded loaded = load.run(side, plan.each());
        double micros = 1e6 / loaded.answers();
        return new double[] {
            loaded.perSecond(),
            (Processes.cpuSeconds(side.servers()) - servers) * micros,
            (Processes.cpuSeconds(List.of(side.redis())) - redis) * micros
        };
    }

    private Seen kept(String row, Side side, List<double[]> all) {
        return new Seen(
                report.figure(row, side.name(), "throughput", "answers/s", column(all, 0)),
                report.figure(row, side.name(), "processor of the service", "µs an answer", column(all, 1)),
                report.figure(row, side.name(), "processor of Redis", "µs an answer", column(all, 2)));
    }

    static Figures column(List<double[]> rows, int column) {
        return new Figures(rows.stream().mapToDouble(row -> row[column]).toArray());
    }

    Load closed(int connections) {
        return (side, lasting) -> ClosedLoop.run(side.base(), side.call(), connections, lasting);
    }

    /** Both at the same rate. */
    Map<Side, Histogram> latency(String row, Map<Side, Seen> seen, int connections) throws IOException {
        double slower = seen.values().stream()
                .mapToDouble(one -> one.rate().median())
                .min()
                .orElseThrow();
        double rate = slower * LATENCY_LOAD;
        Map<Side, Histogram> waits = new LinkedHashMap<>();
        for (Side side : seen.keySet()) {
            Histogram wait = OpenLoop.run(side.base(), side.call(), rate, connections, plan.each());
            for (double percentile : new double[] {50, 99, 99.9}) {
                report.figure(
                        row,
                        side.name(),
                        "p" + Figures.shown(percentile).replace(".0", "") + " at " + Figures.shown(rate) + "/s",
                        "ms",
                        new Figures(wait.getValueAtPercentile(percentile) / 1e3));
            }
            waits.put(side, wait);
        }
        report.setting("fixed rate, " + row, Figures.shown(rate) + "/s");
        return waits;
    }
}

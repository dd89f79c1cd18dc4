package dev.drover.lab.prove.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.Fault;

/** Drawings over the time of a proof, with a mark where each fault struck. */
final class Charts {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 160;
    private static final int ROW = 18;
    private static final int AXIS = 16;
    private static final int LABELS_MAX = 12;
    private static final List<Long> STEPS_SECONDS =
            List.of(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 600L, 1_800L, 3_600L);

    private final double seconds;
    private final List<Fault> faults;

    Charts(double seconds, List<Fault> faults) {
        this.seconds = seconds;
        this.faults = faults;
    }

    String line(String name, List<JsonObject> ticks, ToDoubleFunction<JsonObject> value) {
        double highest = Math.max(1, ticks.stream().mapToDouble(value).max().orElse(1));
        StringBuilder points = new StringBuilder();
        for (JsonObject tick : ticks) {
            double y = HEIGHT - value.applyAsDouble(tick) / highest * HEIGHT;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(tick.getLong("elapsedMillis")), y));
        }
        StringBuilder marks = new StringBuilder();
        for (Fault fault : faults) {
            double x = x(fault.at().toMillis());
            marks.append(String.format(
                    Locale.ROOT, "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>", x, x, HEIGHT));
        }
        return String.format(
                Locale.ROOT,
                "<figure tabindex=\"0\"><figcaption>%s, at most %,.0f</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s over time\">"
                        + "%s<polyline points=\"%s\"/>%s</svg></figure>",
                name,
                highest,
                WIDTH,
                HEIGHT + AXIS,
                name,
                marks,
                points,
                axis(HEIGHT));
    }

    /** A row for each kind of fault, a bar from its blow until what it hit was whole. */
    String events() {
        List<String> kinds = faults.stream()
                .map(fault -> fault.kind().label())
                .distinct()
                .sorted()
                .toList();
        int rows = Math.max(1, kinds.size());
        StringBuilder bars = new StringBuilder();
        for (Fault fault : faults) {
            int row = kinds.indexOf(fault.kind().label());
            double width =
                    fault.untilReady().map(took -> took.toMillis() / 1_000.0).orElse(0.0) / seconds * WIDTH;
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s %s at %.1f s</title></rect>",
                    x(fault.at().toMillis()),
                    row * ROW + 3,
                    Math.max(2, width),
                    ROW - 6,
                    fault.kind().label(),
                    HtmlReport.escape(fault.target()),
                    fault.at().toMillis() / 1_000.0));
        }
        for (int row = 0; row < kinds.size(); row++) {
            bars.append("<text x=\"4\" y=\"%d\">%s</text>".formatted(row * ROW + 13, kinds.get(row)));
        }
        return ("<figure tabindex=\"0\"><figcaption>faults, each until what it hit was whole</figcaption>"
                        + "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"faults over time\">%s%s</svg></figure>")
                .formatted(WIDTH, rows * ROW + AXIS, bars, axis(rows * ROW));
    }

    /** Seconds along the lower edge, at round numbers. */
    private String axis(int height) {
        long step = STEPS_SECONDS.stream()
                .filter(round -> seconds / round <= LABELS_MAX)
                .findFirst()
                .orElse((long) Math.ceil(seconds / LABELS_MAX));
        StringBuilder labels = new StringBuilder();
        for (long at = step; at < seconds; at += step) {
            labels.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(at * 1_000),
                    height + AXIS - 4,
                    at));
        }
        return labels.toString();
    }

    private double x(long millis) {
        return millis / 1_000.0 / seconds * WIDTH;
    }
}

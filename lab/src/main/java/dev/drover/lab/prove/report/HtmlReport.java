package dev.drover.lab.prove.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.Counters;
import dev.drover.lab.prove.Fault;
import dev.drover.lab.prove.ProofFolder;
import dev.drover.lab.prove.Verdict;
import dev.drover.lab.prove.client.Latency;

/** One page that needs nothing else: no script, no font, no address. It may load nothing, and says so to the browser. */
public final class HtmlReport {
    private static final String TEMPLATE = "/prove/report.html";
    private static final int POINTS_MAX = 600;

    private HtmlReport() {}

    /** @param folder has the events, from which the charts are drawn */
    public static String of(Outcome outcome, ProofFolder folder) throws IOException {
        Verdict verdict = outcome.verdict();
        List<JsonObject> ticks = ticks(folder);
        double seconds = ticks.isEmpty() ? 1 : ticks.getLast().getLong("elapsedMillis") / 1_000.0;
        Charts charts = new Charts(seconds, outcome.faults());
        return template()
                .replace("{{title}}", escape(TextReport.conclusion(verdict)))
                .replace("{{verdict}}", escape(word(verdict)))
                .replace("{{counters}}", counters(verdict.counters()))
                .replace("{{state}}", verdict.exitCode() == 0 ? "holds" : "fails")
                .replace("{{run}}", escape(run(verdict)))
                .replace("{{lines}}", lines(verdict))
                .replace("{{failures}}", failures(verdict))
                .replace(
                        "{{throughput}}",
                        charts.line("requests per second", ticks, tick -> tick.getDouble("requestsPerSecond")))
                .replace("{{latency}}", charts.line("p99, milliseconds", ticks, tick -> tick.getDouble("p99Millis")))
                .replace("{{events}}", charts.events())
                .replace("{{faults}}", faults(outcome))
                .replace("{{notes}}", notes(outcome))
                .replace(
                        "{{latencies}}",
                        latency("without faults", outcome.calm()) + latency("with faults", outcome.disturbed()))
                .replace("{{troubles}}", troubles(outcome))
                .replace("{{replay}}", escape(TextReport.replay(verdict.run())));
    }

    private static String word(Verdict verdict) {
        if (!verdict.trouble().isEmpty()) {
            return TextReport.conclusion(verdict);
        }
        return verdict.holds() ? "Everything holds" : "Not everything holds";
    }

    private static String run(Verdict verdict) {
        return verdict.run().id() + ", " + verdict.run().gateway()
                + (verdict.interrupted() ? ", ended before its time" : "");
    }

    private static String counters(Counters counters) {
        return counter("acknowledged", counters.acknowledged(), false)
                + counter("lost", counters.lost(), true)
                + counter("duplicated", counters.duplicated(), true)
                + counter("late", counters.late(), true)
                + counter("unknown", counters.unknown(), false)
                + counter("faults", counters.faults(), false);
    }

    /** @param judged whether it is to be none */
    private static String counter(String name, long value, boolean judged) {
        String state = !judged ? "" : value == 0 ? " class=\"holds\"" : " class=\"fails\"";
        return String.format(Locale.ROOT, "<div%s><dt>%s</dt><dd>%,d</dd></div>%n", state, name, value);
    }

    private static String lines(Verdict verdict) {
        StringBuilder rows = new StringBuilder();
        for (Verdict.Line line : verdict.lines()) {
            rows.append("<tr class=\"%s\"><td>%s</td><td>%s <small>%s</small></td>%s%s%s%s</tr>\n"
                    .formatted(
                            line.holds() ? "holds" : "fails",
                            line.holds() ? "holds" : "does not hold",
                            escape(line.invariant()),
                            escape(line.id()),
                            number(line.checked()),
                            number(line.lost()),
                            number(line.duplicated()),
                            number(line.late())));
        }
        return rows.toString();
    }

    private static String failures(Verdict verdict) {
        if (verdict.failures().isEmpty()) {
            return "<p>None.</p>";
        }
        StringBuilder rows = new StringBuilder("<ol>\n");
        for (Verdict.Failure failure : verdict.failures()) {
            rows.append("<li>%s: %s <small>entry %d%s</small></li>\n"
                    .formatted(
                            escape(failure.invariantId()),
                            escape(failure.what()),
                            failure.sequence(),
                            failure.instance().isEmpty() ? "" : ", " + escape(failure.instance())));
        }
        return rows.append("</ol>").toString();
    }

    private static String faults(Outcome outcome) {
        StringBuilder rows = new StringBuilder();
        outcome.faults().stream()
                .sorted(java.util.Comparator.comparingInt(Fault::number))
                .forEach(fault -> rows.append("<tr>%s<td>%.1f s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                number(fault.number()),
                                fault.at().toMillis() / 1_000.0,
                                fault.kind().label(),
                                escape(fault.target()),
                                fault.untilReady()
                                        .map(took -> String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0))
                                        .orElse("not seen"))));
        return rows.toString();
    }

    /** What could not be done, and what took long without being wrong by itself. */
    private static String notes(Outcome outcome) {
        StringBuilder items = new StringBuilder();
        outcome.notDone().forEach(reason -> items.append("<li>not done: %s</li>\n".formatted(escape(reason))));
        outcome.notes().forEach(note -> items.append("<li>%s</li>\n".formatted(escape(note))));
        return items.isEmpty() ? "" : "<h2>Notes</h2>\n<ul>\n" + items + "</ul>";
    }

    private static String latency(String name, Latency latency) {
        JsonObject figures = JsonReport.json(latency);
        return String.format(
                Locale.ROOT,
                "<tr><td>%s</td>%s<td class=\"number\">%,.0f ms</td><td class=\"number\">%,.0f ms</td>"
                        + "<td class=\"number\">%,.0f ms</td><td class=\"number\">%,.0f ms</td></tr>%n",
                name,
                number(latency.requests()),
                figures.getDouble("p50"),
                figures.getDouble("p99"),
                figures.getDouble("p999"),
                figures.getDouble("max"));
    }

    private static String troubles(Outcome outcome) {
        StringBuilder rows = new StringBuilder();
        outcome.troubles()
                .forEach((kind, count) ->
                        rows.append("<tr><td>%s</td>%s</tr>\n".formatted(escape(kind), number(count))));
        return rows.toString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "<td class=\"number\">%,d</td>", value);
    }

    /** As many as a chart can show, evenly taken. */
    private static List<JsonObject> ticks(ProofFolder folder) throws IOException {
        List<JsonObject> ticks = new ArrayList<>();
        if (!Files.exists(folder.events())) {
            return ticks;
        }
        int every = 1;
        int seen = 0;
        try (BufferedReader lines = Files.newBufferedReader(folder.events())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject event = new JsonObject(line);
                if (!event.getString("event").equals("tick") || seen++ % every != 0) {
                    continue;
                }
                ticks.add(event);
                if (ticks.size() > POINTS_MAX) {
                    for (int i = ticks.size() - 2; i > 0; i -= 2) {
                        ticks.remove(i);
                    }
                    every *= 2;
                }
            }
        }
        return ticks;
    }

    private static String template() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package dev.drover.lab.prove.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

import dev.drover.lab.prove.ProofLines;
import dev.drover.lab.prove.client.Latency;

/** For programs. Durations in milliseconds. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Outcome outcome) {
        JsonArray faults = new JsonArray();
        outcome.faults().forEach(fault -> faults.add(ProofLines.json(fault)));
        JsonObject troubles = new JsonObject();
        outcome.troubles().forEach(troubles::put);
        return ProofLines.json(outcome.verdict())
                        .put("faults", faults)
                        .put("notDone", new JsonArray(outcome.notDone()))
                        .put("troubles", troubles)
                        .put(
                                "latency",
                                new JsonObject()
                                        .put("calm", json(outcome.calm()))
                                        .put("faults", json(outcome.disturbed())))
                        .put("replay", TextReport.replay(outcome.verdict().run()))
                        .encodePrettily()
                + "\n";
    }

    static JsonObject json(Latency latency) {
        Histogram micros = latency.micros();
        return new JsonObject()
                .put("requests", latency.requests())
                .put("p50", micros.getValueAtPercentile(50) / 1_000.0)
                .put("p90", micros.getValueAtPercentile(90) / 1_000.0)
                .put("p99", micros.getValueAtPercentile(99) / 1_000.0)
                .put("p999", micros.getValueAtPercentile(99.9) / 1_000.0)
                .put("max", micros.getMaxValue() / 1_000.0);
    }
}

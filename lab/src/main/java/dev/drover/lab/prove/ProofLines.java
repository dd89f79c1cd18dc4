package dev.drover.lab.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The events of a proof as JSON, one object per line, each whole when it is there: {@code {"event":"tick","phase":"faults",…}}. Durations are
 * in milliseconds. Another program follows a proof by reading on at the end of the file.
 */
public final class ProofLines implements ProofEvents {
    private final Writer out;

    public ProofLines(Writer out) {
        this.out = out;
    }

    @Override
    public void started(ProofRun run) {
        write(json(run).put("event", "started"));
    }

    @Override
    public void tick(Counters counters) {
        write(json(counters).put("event", "tick"));
    }

    @Override
    public void fault(Fault fault) {
        write(json(fault).put("event", "fault"));
    }

    @Override
    public void finished(Verdict verdict) {
        write(json(verdict).put("event", "finished"));
    }

    public static JsonObject json(ProofRun run) {
        JsonArray faults = new JsonArray();
        run.faults().forEach(kind -> faults.add(kind.label()));
        return new JsonObject()
                .put("id", run.id())
                .put("seed", run.seed())
                .put("durationMillis", run.duration().toMillis())
                .put("rate", run.rate())
                .put("faults", faults)
                .put("gateway", run.gateway().toString())
                .put("startedAt", run.startedAt().toString());
    }

    public static JsonObject json(Counters counters) {
        return new JsonObject()
                .put("phase", counters.phase().name().toLowerCase(Locale.ROOT))
                .put("elapsedMillis", counters.elapsed().toMillis())
                .put("acknowledged", counters.acknowledged())
                .put("unknown", counters.unknown())
                .put("requests", counters.requests())
                .put("errors", counters.errors())
                .put("lost", counters.lost())
                .put("duplicated", counters.duplicated())
                .put("late", counters.late())
                .put("faults", counters.faults())
                .put("requestsPerSecond", counters.requestsPerSecond())
                .put("p50Millis", counters.p50Millis())
                .put("p99Millis", counters.p99Millis());
    }

    public static JsonObject json(Fault fault) {
        JsonObject object = new JsonObject()
                .put("number", fault.number())
                .put("kind", fault.kind().label())
                .put("target", fault.target())
                .put("atMillis", fault.at().toMillis());
        fault.untilReady().ifPresent(took -> object.put("untilReadyMillis", took.toMillis()));
        return object;
    }

    public static JsonObject json(Verdict verdict) {
        JsonArray lines = new JsonArray();
        for (Verdict.Line line : verdict.lines()) {
            lines.add(new JsonObject()
                    .put("id", line.id())
                    .put("invariant", line.invariant())
                    .put("checked", line.checked())
                    .put("lost", line.lost())
                    .put("duplicated", line.duplicated())
                    .put("late", line.late()));
        }
        JsonArray failures = new JsonArray();
        for (Verdict.Failure failure : verdict.failures()) {
            failures.add(new JsonObject()
                    .put("invariant", failure.invariantId())
                    .put("what", failure.what())
                    .put("sequence", failure.sequence())
                    .put("instance", failure.instance()));
        }
        return new JsonObject()
                .put("run", json(verdict.run()))
                .put("exitCode", verdict.exitCode())
                .put("holds", verdict.holds())
                .put("interrupted", verdict.interrupted())
                .put("trouble", verdict.trouble())
                .put("counters", json(verdict.counters()))
                .put("lines", lines)
                .put("failures", failures);
    }

    private void write(JsonObject line) {
        try {
            out.write(line.encode() + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

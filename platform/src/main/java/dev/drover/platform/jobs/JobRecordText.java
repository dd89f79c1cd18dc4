package dev.drover.platform.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The part of a job's record that is known before it is added; the script adds the rest. Members: docs/states.md. */
final class JobRecordText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JobRecordText() {}

    static String of(NewJob job, Optional<String> traceParent) {
        ObjectNode record = JSON.createObjectNode()
                .put("type", job.type())
                .put("owner", job.owner())
                .put("priority", job.priority())
                .put("maxAttempts", job.maxAttempts());
        traceParent.ifPresent(trace -> record.put("traceparent", trace));
        JobOptions options = job.options();
        options.group().ifPresent(group -> record.put("group", group));
        options.timeLimit().ifPresent(limit -> record.put("timeLimitMs", limit.toMillis()));
        options.backoff().ifPresent(backoff -> record.set("backoff", backoff(backoff)));
        options.unique().ifPresent(unique -> record.set("unique", unique(unique)));
        if (!options.dependencies().on().isEmpty()) {
            ArrayNode others = record.putArray("dependsOn");
            options.dependencies().on().forEach(id -> others.add(id.toString()));
            record.put("onDependencyFailure", word(options.dependencies().onFailure()));
        }
        if (options.quiet()) {
            record.put("quiet", true);
        }
        return record.toString();
    }

    private static ObjectNode backoff(Backoff backoff) {
        ObjectNode node = JSON.createObjectNode().put("jitterPerMille", backoff.jitterPerMille());
        switch (backoff) {
            case Backoff.Fixed fixed ->
                node.put("kind", "fixed").put("firstMs", fixed.delay().toMillis());
            case Backoff.Exponential growing ->
                node.put("kind", "exponential")
                        .put("firstMs", growing.first().toMillis())
                        .put("maxMs", growing.max().toMillis());
            case Backoff.Custom custom -> {
                ArrayNode delays = node.put("kind", "list").putArray("delaysMs");
                custom.delays().stream().map(Duration::toMillis).forEach(delays::add);
            }
        }
        return node;
    }

    private static ObjectNode unique(UniqueKey unique) {
        ObjectNode node = JSON.createObjectNode().put("key", unique.key()).put("mode", word(unique.mode()));
        unique.length().ifPresent(length -> node.put("forMs", length.toMillis()));
        return node;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package dev.drover.platform.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * The part of a job's record that is known before it is added; the script adds the rest. Members: docs/states.md. Written as text at once: of
 * a bulk there are a thousand.
 */
final class JobRecordText {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder text = new StringBuilder(160).append('{');

    private JobRecordText() {}

    /** A JSON object without its closing brace. */
    static String of(NewJob job, Optional<String> traceParent) {
        JobRecordText record = new JobRecordText()
                .put("type", job.type())
                .put("owner", job.owner())
                .put("priority", job.priority())
                .put("maxAttempts", job.maxAttempts());
        traceParent.ifPresent(trace -> record.put("traceparent", trace));
        JobOptions options = job.options();
        options.group().ifPresent(group -> record.put("group", group));
        options.timeLimit().ifPresent(limit -> record.put("timeLimitMs", limit.toMillis()));
        options.backoff().ifPresent(backoff -> record.raw("backoff", backoff(backoff)));
        options.unique().ifPresent(unique -> record.raw("unique", unique(unique)));
        if (!options.dependencies().on().isEmpty()) {
            record.raw(
                    "dependsOn",
                    options.dependencies().on().stream()
                            .map(id -> "\"" + id + "\"")
                            .collect(Collectors.joining(",", "[", "]")));
            record.put("onDependencyFailure", word(options.dependencies().onFailure()));
        }
        if (options.quiet()) {
            record.raw("quiet", "true");
        }
        return record.text.toString();
    }

    /** Whether the records of two say the same. */
    static boolean isAlike(NewJob one, NewJob other) {
        return one.type().equals(other.type())
                && one.owner().equals(other.owner())
                && one.priority() == other.priority()
                && one.maxAttempts() == other.maxAttempts()
                && one.options().equals(other.options());
    }

    private static String backoff(Backoff backoff) {
        JobRecordText part = new JobRecordText().put("jitterPerMille", backoff.jitterPerMille());
        switch (backoff) {
            case Backoff.Fixed fixed ->
                part.put("kind", "fixed").put("firstMs", fixed.delay().toMillis());
            case Backoff.Exponential growing ->
                part.put("kind", "exponential")
                        .put("firstMs", growing.first().toMillis())
                        .put("maxMs", growing.max().toMillis());
            case Backoff.Custom custom ->
                part.put("kind", "list")
                        .raw(
                                "delaysMs",
                                custom.delays().stream()
                                        .map(Duration::toMillis)
                                        .map(Object::toString)
                                        .collect(Collectors.joining(",", "[", "]")));
        }
        return part.closed();
    }

    private static String unique(UniqueKey unique) {
        JobRecordText part = new JobRecordText().put("key", unique.key()).put("mode", word(unique.mode()));
        unique.length().ifPresent(length -> part.put("forMs", length.toMillis()));
        return part.closed();
    }

    private JobRecordText put(String name, String value) {
        begin(name).append('"');
        ENCODER.quoteAsString(value, text);
        text.append('"');
        return this;
    }

    private JobRecordText put(String name, long value) {
        begin(name).append(value);
        return this;
    }

    /** @param json a JSON value */
    private JobRecordText raw(String name, String json) {
        begin(name).append(json);
        return this;
    }

    private StringBuilder begin(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    private String closed() {
        return text.append('}').toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

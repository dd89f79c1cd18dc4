package dev.drover.lab.room;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a page that comes, or comes back, has missed: the samples of the last ten minutes and the marks in them, numbered in one sequence. An id
 * names the run of the lab too, so that one of an earlier run is no position in this one. Lives on one event loop.
 */
final class Timeline {
    static final int SAMPLES_MAX = 600;
    static final int MARKS_MAX = 300;
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,13})-([0-9]{1,15})");

    /** @param kind of event: {@code sample} or {@code mark} */
    record Entry(long number, String kind, JsonObject content) {}

    private final String run;
    private final Deque<Entry> samples = new ArrayDeque<>();
    private final Deque<Entry> marks = new ArrayDeque<>();
    private long last;

    Timeline(long startedAtMillis) {
        this.run = Long.toString(startedAtMillis, Character.MAX_RADIX);
    }

    Entry sample(JsonObject content) {
        return add(samples, SAMPLES_MAX, "sample", content);
    }

    Entry mark(JsonObject content) {
        return add(marks, MARKS_MAX, "mark", content);
    }

    String id(long number) {
        return run + "-" + number;
    }

    long last() {
        return last;
    }

    /** 0 for an id of another run, or none. */
    long position(String lastEventId) {
        Matcher id = ID.matcher(lastEventId == null ? "" : lastEventId);
        return id.matches() && id.group(1).equals(run) ? Long.parseLong(id.group(2)) : 0;
    }

    /** {@code complete} says that it is all there is, and that nothing from before counts. */
    JsonObject after(long position) {
        return new JsonObject()
                .put("complete", position == 0)
                .put("samples", contents(samples, position))
                .put("marks", contents(marks, position));
    }

    private Entry add(Deque<Entry> entries, int max, String kind, JsonObject content) {
        Entry entry = new Entry(++last, kind, content);
        entries.addLast(entry);
        if (entries.size() > max) {
            entries.removeFirst();
        }
        return entry;
    }

    private static JsonArray contents(Deque<Entry> entries, long position) {
        List<JsonObject> newer = entries.stream()
                .filter(entry -> entry.number() > position)
                .map(Entry::content)
                .toList();
        return new JsonArray(newer);
    }
}

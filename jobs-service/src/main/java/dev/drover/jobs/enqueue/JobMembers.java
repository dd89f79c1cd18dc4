package dev.drover.jobs.enqueue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonToken;

import dev.drover.platform.problem.SentObject;

/** The members of one job as they come; of those with one name the last counts. */
final class JobMembers {

    private final Tokens from;

    private String queue;
    private String type;
    private SentObject payload;
    private Duration delay;
    private Instant runAt;
    private Integer priority;
    private Integer maxAttempts;
    private EnqueueRequest.Rests backoff;
    private Duration timeLimit;
    private String group;
    private EnqueueRequest.Unique unique;
    private List<String> dependsOn;
    private String onDependencyFailure;
    private Boolean quiet;

    private JobMembers(Tokens from) {
        this.from = from;
    }

    /**
     * From behind the brace it begins with to the one it ends with.
     *
     * @param before the one before it, or null: those of a bulk are for the same queue and of the same type, as a rule
     */
    static EnqueueRequest read(Tokens from, EnqueueRequest before) throws IOException {
        JobMembers job = new JobMembers(from);
        for (String name = from.member(); name != null; name = from.member()) {
            job.take(name, before);
        }
        return new EnqueueRequest(
                job.queue,
                job.type,
                job.payload,
                job.delay,
                job.runAt,
                job.priority,
                job.maxAttempts,
                job.backoff,
                job.timeLimit,
                job.group,
                job.unique,
                job.dependsOn,
                job.onDependencyFailure,
                job.quiet);
    }

    private void take(String name, EnqueueRequest before) throws IOException {
        switch (name) {
            case "queue" -> queue = from.text(before == null ? null : before.queue());
            case "type" -> type = from.text(before == null ? null : before.type());
            case "payload" -> payload = from.object();
            case "delay" -> delay = from.duration();
            case "runAt" -> runAt = from.time();
            case "priority" -> priority = from.number();
            case "maxAttempts" -> maxAttempts = from.number();
            case "backoff" -> backoff = rests();
            case "timeLimit" -> timeLimit = from.duration();
            case "group" -> group = from.text(before == null ? null : before.group());
            case "unique" -> unique = unique();
            case "dependsOn" -> dependsOn = from.texts();
            case "onDependencyFailure" -> onDependencyFailure = from.text();
            case "quiet" -> quiet = from.flag();
            default -> throw from.notTaken();
        }
    }

    private EnqueueRequest.Rests rests() throws IOException {
        if (!from.is(JsonToken.START_OBJECT)) {
            return null;
        }
        String kind = null;
        Duration first = null;
        Duration longest = null;
        List<Duration> delays = null;
        Double jitter = null;
        for (String name = from.member(); name != null; name = from.member()) {
            switch (name) {
                case "kind" -> kind = from.text();
                case "delay" -> first = from.duration();
                case "max" -> longest = from.duration();
                case "delays" -> delays = from.durations();
                case "jitter" -> jitter = from.fraction();
                default -> throw from.notTaken();
            }
        }
        return new EnqueueRequest.Rests(kind, first, longest, delays, jitter);
    }

    private EnqueueRequest.Unique unique() throws IOException {
        if (!from.is(JsonToken.START_OBJECT)) {
            return null;
        }
        String key = null;
        String mode = null;
        Duration length = null;
        for (String name = from.member(); name != null; name = from.member()) {
            switch (name) {
                case "key" -> key = from.text();
                case "mode" -> mode = from.text();
                case "for" -> length = from.duration();
                default -> throw from.notTaken();
            }
        }
        return new EnqueueRequest.Unique(key, mode, length);
    }
}

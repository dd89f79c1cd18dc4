package dev.drover.platform.channels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.telemetry.TraceParent;

/** Appends by one script. Blocks, so it is for virtual threads and worker threads. */
@Singleton
final class RedisChannelLog implements ChannelLog {

    private static final RedisScript APPEND = RedisScript.load("channel_append");
    private static final RedisScript APPEND_ALL = RedisScript.load("channel_append_all");
    private static final int ID_CHARS_MAX = 128;

    private final RedisCalls redis;
    private final Ids ids;
    private final Retention usual;
    private final RetentionRules rules;
    private final Duration positionAge;

    RedisChannelLog(RedisCalls redis, Ids ids, ChannelConfig config) {
        this.redis = redis;
        this.ids = ids;
        this.usual = new Retention(
                config.historyMax(), config.historyAge(), config.historyBytes().asLongValue());
        this.rules = config.retention().orElseGet(() -> new RetentionRules(List.of()));
        this.positionAge = config.positionAge();
    }

    private Retention retention(ChannelName channel) {
        return rules.of(channel).orElse(usual);
    }

    @Override
    public Appended append(ChannelName channel, String id, String data, String from, Duration dedupe) {
        check(id, dedupe);
        Retention keeps = retention(channel);
        Response answer = redis.run(
                APPEND,
                List.of(
                        ChannelKeys.log(channel),
                        ChannelKeys.meta(channel),
                        ChannelKeys.wakeUp(channel),
                        ChannelKeys.seen(channel, from, id)),
                List.of(
                        id,
                        data,
                        from,
                        Long.toString(dedupe.toMillis()),
                        ids.random(),
                        Integer.toString(keeps.messages()),
                        Long.toString(keeps.age().toMillis()),
                        Long.toString(keeps.bytes()),
                        Long.toString(keeps.age().plus(positionAge).toMillis()),
                        TraceParent.current().orElse("")));
        Position position = new Position(answer.get(1).toString(), answer.get(2).toLong());
        return switch (answer.get(0).toString()) {
            case "appended" -> new Appended(position, false);
            case "duplicate" -> new Appended(position, true);
            case "reused" -> throw new MessageIdReusedException(channel, id);
            case String other -> throw new IllegalStateException("channel_append answered " + other);
        };
    }

    @Override
    public List<Outcome> appendAll(ChannelName channel, List<Message> messages, String from, Duration dedupe) {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(
                List.of(ChannelKeys.log(channel), ChannelKeys.meta(channel), ChannelKeys.wakeUp(channel)));
        Retention keeps = retention(channel);
        List<String> args = new ArrayList<>(List.of(
                from,
                Long.toString(dedupe.toMillis()),
                ids.random(),
                Integer.toString(keeps.messages()),
                Long.toString(keeps.age().toMillis()),
                Long.toString(keeps.bytes()),
                Long.toString(keeps.age().plus(positionAge).toMillis())));
        for (Message message : messages) {
            check(message.id(), dedupe);
            keys.add(ChannelKeys.seen(channel, from, message.id()));
            args.add(message.id());
            args.add(message.data());
        }
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        for (Response answer : redis.run(APPEND_ALL, keys, args)) {
            outcomes.add(Outcome.valueOf(answer.toString().toUpperCase(Locale.ROOT)));
        }
        return outcomes;
    }

    private static void check(String id, Duration dedupe) {
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            throw new IllegalArgumentException("a message's id has 1 to " + ID_CHARS_MAX + " characters");
        }
        if (dedupe.toMillis() < 1) {
            throw new IllegalArgumentException("repeats must be recognised for a millisecond at least: " + dedupe);
        }
    }
}

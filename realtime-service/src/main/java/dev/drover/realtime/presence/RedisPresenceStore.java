package dev.drover.realtime.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.realtime.RealtimeConfig;

@Singleton
final class RedisPresenceStore implements PresenceStore {

    private static final RedisScript REPORT = RedisScript.load("presence_report");
    private static final RedisScript SWEEP = RedisScript.load("presence_sweep");
    private static final RedisScript READ = RedisScript.load("presence_read");

    /** Of the events: whoever was away for longer reads who is there instead. */
    private static final int EVENTS_MAX = 256;

    private static final Duration EVENTS_AGE = Duration.ofHours(1);
    private static final int EVENTS_BYTES_MAX = 1 << 20;
    private static final int EPOCH_LEASES = 240;

    private final RedisCalls redis;
    private final Ids ids;
    private final RealtimeConfig.Presence config;

    RedisPresenceStore(RedisCalls redis, Ids ids, RealtimeConfig config) {
        this.redis = redis;
        this.ids = ids;
        this.config = config.presence();
    }

    @Override
    public Said say(ChannelName channel, String holder, boolean fresh, Map<String, Integer> connections) {
        List<String> args = new ArrayList<>(List.of(
                holder,
                Long.toString(config.lease().toMillis()),
                Long.toString(config.lease().multipliedBy(EPOCH_LEASES).toMillis()),
                fresh ? "1" : "0"));
        addEventBounds(args);
        connections.forEach((sub, count) -> {
            args.add(sub);
            args.add(Integer.toString(count));
        });
        Response answer = redis.run(REPORT, keys(channel, holder), args);
        return switch (answer.get(0).toString()) {
            case "lost" -> new Said.Lost();
            case "said" -> new Said.Taken(answer.get(1).toLong(), texts(answer, 2));
            case String other -> throw new IllegalStateException("presence_report answered " + other);
        };
    }

    @Override
    public long sweep(ChannelName channel, String holder, boolean own) {
        List<String> args = new ArrayList<>(List.of(holder, own ? "1" : "0", Integer.toString(config.batch())));
        addEventBounds(args);
        return redis.run(SWEEP, keys(channel, holder), args).toLong();
    }

    @Override
    public Page read(ChannelName channel, String after, int limit) {
        Response answer = redis.run(
                READ,
                List.of(
                        ChannelKeys.presenceLeases(channel),
                        ChannelKeys.presenceMembers(channel),
                        ChannelKeys.presenceCounts(channel)),
                List.of(after, Integer.toString(limit)));
        List<Present> members = new ArrayList<>();
        for (int i = 2; i < answer.size(); i += 2) {
            members.add(new Present(answer.get(i).toString(), answer.get(i + 1).toInteger()));
        }
        return new Page(answer.get(0).toLong(), members, texts(answer.get(1), 0));
    }

    private void addEventBounds(List<String> args) {
        args.add(ids.random());
        args.add(Integer.toString(EVENTS_MAX));
        args.add(Long.toString(EVENTS_AGE.toMillis()));
        args.add(Integer.toString(EVENTS_BYTES_MAX));
        args.add(Long.toString(EVENTS_AGE.multipliedBy(2).toMillis()));
    }

    private static List<String> keys(ChannelName channel, String holder) {
        ChannelName events = channel.presence();
        return List.of(
                ChannelKeys.presenceLeases(channel),
                ChannelKeys.presenceMembers(channel),
                ChannelKeys.presenceCounts(channel),
                ChannelKeys.presenceHeld(channel, holder),
                ChannelKeys.log(events),
                ChannelKeys.meta(events),
                ChannelKeys.wakeUp(events));
    }

    private static List<String> texts(Response list, int from) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < list.size(); i++) {
            texts.add(list.get(i).toString());
        }
        return texts;
    }
}

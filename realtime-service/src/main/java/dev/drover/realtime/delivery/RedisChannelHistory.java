package dev.drover.realtime.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** Reads by one script, so that epoch, head and messages belong together. */
@Singleton
final class RedisChannelHistory implements ChannelHistory {

    private static final RedisScript READ = RedisScript.load("channel_read");
    private static final String NEWEST = "newest";

    /** How long the position of a channel nobody publishes on can be resumed from. */
    private static final Duration IDLE = Duration.ofHours(1);

    private final RedisCalls redis;
    private final Ids ids;

    RedisChannelHistory(RedisCalls redis, Ids ids) {
        this.redis = redis;
        this.ids = ids;
    }

    @Override
    public Slice newest(ChannelName channel, int max) {
        Slice slice = read(channel, NEWEST, max);
        List<ChannelMessage> ascending = new ArrayList<>(slice.messages());
        Collections.reverse(ascending);
        return new Slice(slice.head(), ascending);
    }

    @Override
    public Slice after(ChannelName channel, long offset, int max) {
        return read(channel, Long.toString(offset), max);
    }

    private Slice read(ChannelName channel, String after, int max) {
        Response answer = redis.run(
                READ,
                List.of(ChannelKeys.log(channel), ChannelKeys.meta(channel)),
                List.of(after, Integer.toString(max), ids.random(), Long.toString(IDLE.toMillis())));
        List<ChannelMessage> messages = new ArrayList<>(answer.size());
        for (int i = 3; i < answer.size(); i++) {
            messages.add(message(answer.get(i)));
        }
        return new Slice(position(answer.get(1), answer.get(2)), messages);
    }

    @Override
    public List<Optional<Position>> heads(List<ChannelName> channels) {
        return redis.readHashes(channels.stream().map(ChannelKeys::meta).toList(), "epoch", "offset").stream()
                .map(fields -> fields.get(0) == null
                        ? Optional.<Position>empty()
                        : Optional.of(position(fields.get(0), fields.get(1))))
                .toList();
    }

    private static Position position(Response epoch, Response offset) {
        return new Position(epoch.toString(), offset.toLong());
    }

    private static ChannelMessage message(Response entry) {
        return new ChannelMessage(
                entry.get(0).toLong(),
                entry.get(1).toString(),
                entry.get(2).toString(),
                entry.get(3).toString(),
                Instant.ofEpochMilli(entry.get(4).toLong()),
                Optional.of(entry.get(5).toString()).filter(trace -> !trace.isEmpty()));
    }
}

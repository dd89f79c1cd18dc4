package dev.drover.realtime.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisChannelStatistics implements ChannelStatistics {

    private static final RedisScript STATS = RedisScript.load("channel_stats");

    private final RedisCalls redis;

    RedisChannelStatistics(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Statistics of(ChannelName channel) {
        String members = ChannelKeys.presenceMembers(channel.presenceOf().orElse(channel));
        Response answer =
                redis.run(STATS, List.of(ChannelKeys.log(channel), ChannelKeys.meta(channel), members), List.of());
        return new Statistics(
                Optional.of(answer.get(0).toString()).filter(epoch -> !epoch.isEmpty()),
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong(),
                at(answer.get(4)),
                at(answer.get(5)),
                answer.get(6).toLong(),
                answer.get(7).toLong());
    }

    private static Optional<Instant> at(Response millis) {
        return Optional.of(millis.toString())
                .filter(text -> !text.isEmpty())
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }
}

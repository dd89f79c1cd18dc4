package dev.drover.platform.medialedger;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisSweepLedger implements SweepLedger {

    private static final RedisScript EXPIRE = RedisScript.load("expire_media");
    private static final RedisScript LOSE = RedisScript.load("lose_media");

    private final RedisCalls redis;
    private final Clock clock;

    RedisSweepLedger(RedisCalls redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** By this instance's clock; the script that acts on it asks Redis's. */
    @Override
    public List<MediaName> overdue(char shard, int max) {
        Response members = redis.send(
                Command.ZRANGE,
                MediaKeys.pending(shard),
                "-inf",
                Long.toString(clock.millis()),
                "BYSCORE",
                "LIMIT",
                "0",
                Integer.toString(max));
        List<MediaName> names = new ArrayList<>();
        for (Response member : members) {
            names.add(MediaName.ofMember(member.toString()));
        }
        return names;
    }

    @Override
    public ExpireResult expire(MediaName name, Duration remembered) {
        Response answer = redis.run(
                EXPIRE,
                RedisMediaLedger.endKeys(name.owner(), name.id()),
                List.of(name.id().value(), name.owner(), Long.toString(remembered.toMillis())));
        return switch (answer.get(0).toString()) {
            case "expired" -> new ExpireResult.Expired(RedisMediaLedger.uploadId(answer.get(1)));
            case "kept" -> new ExpireResult.Kept();
            case String other -> throw new IllegalStateException("expire_media answered " + other);
        };
    }

    @Override
    public List<String> owners(char shard, Optional<String> after, int max) {
        Response members = redis.send(
                Command.ZRANGE,
                MediaKeys.owners(shard),
                after.map(owner -> "(" + owner).orElse("-"),
                "+",
                "BYLEX",
                "LIMIT",
                "0",
                Integer.toString(max));
        List<String> owners = new ArrayList<>();
        for (Response member : members) {
            owners.add(member.toString());
        }
        return owners;
    }

    @Override
    public Map<MediaName, Standing> standing(Collection<MediaName> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        List<MediaName> asked = List.copyOf(names);
        List<Uni<Response>> calls = asked.stream()
                .map(name -> redis.sendAsync(Command.HMGET, MediaKeys.item(name.id()), "owner", "state", "uploadId"))
                .toList();
        List<Response> answers = Uni.join().all(calls).andFailFast().await().indefinitely();
        Map<MediaName, Standing> standing = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            MediaName name = asked.get(i);
            standing(name, answers.get(i)).ifPresent(found -> standing.put(name, found));
        }
        return standing;
    }

    private static Optional<Standing> standing(MediaName name, Response values) {
        if (values.get(0) == null || !values.get(0).toString().equals(name.owner())) {
            return Optional.empty();
        }
        MediaState state = MediaState.ofWord(values.get(1).toString());
        return state == MediaState.DELETED
                ? Optional.empty()
                : Optional.of(
                        new Standing(state, Optional.ofNullable(values.get(2)).map(Response::toString)));
    }

    @Override
    public Optional<OutboxPosition> lose(MediaName name, String reason, OutboxEntry.Event event) {
        String outbox = MediaKeys.outbox(name.id());
        Response answer = redis.run(
                LOSE,
                List.of(MediaKeys.item(name.id()), outbox),
                List.of(name.owner(), reason, event.channel(), event.id(), event.data()));
        return switch (answer.get(0).toString()) {
            case "lost" -> Optional.of(new OutboxPosition(outbox, answer.get(1).toString()));
            case "kept" -> Optional.empty();
            case String other -> throw new IllegalStateException("lose_media answered " + other);
        };
    }
}

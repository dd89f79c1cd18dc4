package dev.drover.platform.medialedger;

import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisProcessingLedger implements ProcessingLedger {

    private static final RedisScript BEGIN = RedisScript.load("begin_processing");
    private static final RedisScript SETTLE = RedisScript.load("settle_processing");

    private final RedisCalls redis;

    RedisProcessingLedger(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public BeginResult begin(MediaId id, long fencingToken) {
        Response answer = redis.run(BEGIN, List.of(MediaKeys.item(id)), List.of(Long.toString(fencingToken)));
        return switch (answer.get(0).toString()) {
            case "begun" -> read(id);
            case "settled" ->
                new BeginResult.Settled(MediaState.ofWord(answer.get(1).toString()));
            case "stale" -> new BeginResult.Stale();
            case "unverified" -> new BeginResult.Unverified();
            case "gone" -> new BeginResult.Gone();
            case String other -> throw new IllegalStateException("begin_processing answered " + other);
        };
    }

    private BeginResult read(MediaId id) {
        return MediaRecord.read(id, redis.send(Command.HMGET, MediaRecord.query(id)))
                .filter(item -> item.state() != MediaState.DELETED)
                .<BeginResult>map(BeginResult.Begun::new)
                .orElseGet(BeginResult.Gone::new);
    }

    @Override
    public SettleResult ready(MediaId id, long fencingToken, List<MediaVariant> variants, OutboxEntry.Event event) {
        return settle(id, fencingToken, MediaState.READY, "variants", MediaRecord.write(variants), event);
    }

    @Override
    public SettleResult quarantine(MediaId id, long fencingToken, String reason, OutboxEntry.Event event) {
        return settle(id, fencingToken, MediaState.QUARANTINED, "reason", reason, event);
    }

    private SettleResult settle(
            MediaId id, long fencingToken, MediaState state, String field, String value, OutboxEntry.Event event) {
        String outbox = MediaKeys.outbox(id);
        Response answer = redis.run(
                SETTLE,
                List.of(MediaKeys.item(id), outbox),
                List.of(
                        Long.toString(fencingToken),
                        state.word(),
                        field,
                        value,
                        event.channel(),
                        event.id(),
                        event.data()));
        return switch (answer.get(0).toString()) {
            case "done" ->
                new SettleResult.Done(new OutboxPosition(outbox, answer.get(1).toString()));
            case "settled" ->
                new SettleResult.Settled(MediaState.ofWord(answer.get(1).toString()));
            case "stale" -> new SettleResult.Stale();
            case "gone" -> new SettleResult.Gone();
            case String other -> throw new IllegalStateException("settle_processing answered " + other);
        };
    }
}

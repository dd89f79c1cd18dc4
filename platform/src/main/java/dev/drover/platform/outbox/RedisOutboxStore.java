package dev.drover.platform.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.redis.StoreUnavailableException;

@Singleton
final class RedisOutboxStore implements OutboxStore {

    static final int BURIED_MAX = 10_000;

    private static final RedisScript BURY = RedisScript.load("bury_entry");

    private final RedisCalls redis;

    RedisOutboxStore(RedisCalls redis) {
        this.redis = redis;
    }

    /** What could not be delivered from an outbox. */
    static String buried(String outbox) {
        return outbox + "-buried";
    }

    @Override
    public Map<String, List<StoredEntry>> oldest(List<String> outboxes, int maxEach) {
        if (outboxes.isEmpty()) {
            return Map.of();
        }
        List<Uni<Optional<Response>>> calls = outboxes.stream()
                .map(outbox ->
                        answerOf(redis.sendAsync(Command.XRANGE, outbox, "-", "+", "COUNT", Integer.toString(maxEach))))
                .toList();
        List<Optional<Response>> answers =
                Uni.join().all(calls).andFailFast().await().indefinitely();
        Map<String, List<StoredEntry>> all = new LinkedHashMap<>();
        for (int i = 0; i < outboxes.size(); i++) {
            String outbox = outboxes.get(i);
            answers.get(i).ifPresent(entries -> all.put(outbox, read(outbox, entries)));
        }
        return all;
    }

    private static Uni<Optional<Response>> answerOf(Uni<Response> call) {
        return call.map(Optional::of).onFailure(StoreUnavailableException.class).recoverWithItem(Optional.empty());
    }

    @Override
    public List<StoredEntry> after(OutboxPosition position, int max) {
        Response entries = redis.send(
                Command.XRANGE, position.outbox(), "(" + position.entryId(), "+", "COUNT", Integer.toString(max));
        return read(position.outbox(), entries);
    }

    @Override
    public void remove(String outbox, List<String> entryIds) {
        if (entryIds.isEmpty()) {
            return;
        }
        List<String> args = new ArrayList<>();
        args.add(outbox);
        args.addAll(entryIds);
        redis.send(Command.XDEL, args.toArray(String[]::new));
    }

    @Override
    public void bury(OutboxPosition position, String reason) {
        redis.run(
                BURY,
                List.of(position.outbox(), buried(position.outbox())),
                List.of(position.entryId(), reason, Integer.toString(BURIED_MAX)));
    }

    private static List<StoredEntry> read(String outbox, Response entries) {
        List<StoredEntry> read = new ArrayList<>();
        for (Response entry : entries) {
            read.add(read(new OutboxPosition(outbox, entry.get(0).toString()), fields(entry.get(1))));
        }
        return read;
    }

    private static Map<String, String> fields(Response pairs) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return fields;
    }

    private static StoredEntry read(OutboxPosition position, Map<String, String> fields) {
        String kind = fields.getOrDefault("kind", "");
        List<String> needed =
                switch (kind) {
                    case "job" -> List.of("id", "type", "owner", "payload");
                    case "event" -> List.of("channel", "id", "data");
                    case "depend" -> List.of("id", "on");
                    case "ended" -> List.of("id", "state");
                    case "moved" -> List.of("id", "record", "payload", "checkpoint");
                    default -> List.of();
                };
        if (needed.isEmpty() || !fields.keySet().containsAll(needed)) {
            return new StoredEntry.Unreadable(position, "no known kind of entry: " + kind);
        }
        OutboxEntry entry =
                switch (kind) {
                    case "job" ->
                        new OutboxEntry.Job(
                                fields.get("id"), fields.get("type"), fields.get("owner"), fields.get("payload"));
                    case "event" -> new OutboxEntry.Event(fields.get("channel"), fields.get("id"), fields.get("data"));
                    case "depend" -> new OutboxEntry.Depends(fields.get("id"), fields.get("on"));
                    case "moved" ->
                        new OutboxEntry.Moved(
                                fields.get("id"),
                                fields.get("record"),
                                fields.get("payload"),
                                fields.get("checkpoint"));
                    default -> new OutboxEntry.Ended(fields.get("id"), fields.get("state"));
                };
        return new StoredEntry.Readable(position, entry);
    }
}

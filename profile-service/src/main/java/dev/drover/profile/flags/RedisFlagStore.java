package dev.drover.profile.flags;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.flags.FlagKeys;
import dev.drover.platform.flags.StoredFlag;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisFlagStore implements FlagStore {

    private static final RedisScript WRITE = RedisScript.load("write_flag");

    private final RedisCalls redis;
    private final FlagAdminConfig config;

    RedisFlagStore(RedisCalls redis, FlagAdminConfig config) {
        this.redis = redis;
        this.config = config;
    }

    @Override
    public Optional<StoredFlag> find(String key) {
        return Optional.ofNullable(redis.send(Command.HGET, FlagKeys.RECORDS, key))
                .map(stored -> StoredFlag.parse(stored.toString()));
    }

    @Override
    public Map<String, StoredFlag> all() {
        Response records = redis.send(Command.HGETALL, FlagKeys.RECORDS);
        SortedMap<String, StoredFlag> flags = new TreeMap<>();
        records.getKeys()
                .forEach(key -> flags.put(key, StoredFlag.parse(records.get(key).toString())));
        return flags;
    }

    @Override
    public Outcome write(String key, long expected, Optional<ObjectNode> document, Note note) {
        Response answer = redis.run(
                WRITE,
                List.of(FlagKeys.REVISION, FlagKeys.RECORDS, FlagKeys.history(key)),
                List.of(
                        key,
                        Long.toString(expected),
                        document.map(ObjectNode::toString).orElse(""),
                        note.action(),
                        note.who(),
                        note.why(),
                        note.diff(),
                        Integer.toString(config.max()),
                        Integer.toString(config.historyMax()),
                        Long.toString(config.historyOfDeleted().toMillis()),
                        FlagKeys.CHANGED));
        return switch (answer.get(0).toString()) {
            case "written" ->
                new Outcome.Written(
                        answer.get(1).toLong(),
                        Instant.ofEpochMilli(answer.get(2).toLong()));
            case "stale" -> new Outcome.Stale(answer.get(1).toLong());
            case "full" -> new Outcome.Full();
            case String other -> throw new IllegalStateException(WRITE.name() + " answered " + other);
        };
    }

    @Override
    public List<Change> history(String key, Optional<String> before, int max) {
        Response entries = redis.send(
                Command.XREVRANGE,
                FlagKeys.history(key),
                before.map("("::concat).orElse("+"),
                "-",
                "COUNT",
                Integer.toString(max));
        List<Change> changes = new ArrayList<>();
        for (Response entry : entries) {
            Map<String, String> fields = new HashMap<>();
            Response pairs = entry.get(1);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
            }
            changes.add(new Change(
                    entry.get(0).toString(),
                    Long.parseLong(fields.get("version")),
                    Instant.ofEpochMilli(Long.parseLong(fields.get("at"))),
                    new Note(fields.get("action"), fields.get("who"), fields.get("why"), fields.get("diff"))));
        }
        return changes;
    }
}

package dev.drover.profile.flags;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.flags.FlagKeys;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/**
 * The keys there are, in a hash of id to {@code <SHA-256 of the secret> <created, ms> <by> <name>}. Looked up for each request, so a deleted one
 * counts no more.
 */
@Singleton
final class RedisApiKeys implements ApiKeys {

    private static final RedisScript ADD = RedisScript.load("add_api_key");

    private final RedisCalls redis;
    private final FlagAdminConfig config;
    private final Ids ids;
    private final Clock clock;

    RedisApiKeys(RedisCalls redis, FlagAdminConfig config, Ids ids, Clock clock) {
        this.redis = redis;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Created> create(String id, String name, String by) {
        ApiKey key = new ApiKey(id, ids.random() + ids.random());
        Instant now = clock.instant();
        String record = hash(key.secret()) + " " + now.toEpochMilli() + " " + by + " " + name;
        Response added =
                redis.run(ADD, List.of(FlagKeys.API_KEYS), List.of(id, record, Integer.toString(config.apiKeysMax())));
        return added.get(0).toString().equals("added")
                ? Optional.of(new Created(new Entry(id, name, by, Instant.ofEpochMilli(now.toEpochMilli())), key))
                : Optional.empty();
    }

    @Override
    public List<Entry> all() {
        Response stored = redis.send(Command.HGETALL, FlagKeys.API_KEYS);
        List<Entry> entries = new ArrayList<>();
        for (String id : stored.getKeys()) {
            String[] parts = stored.get(id).toString().split(" ", 4);
            entries.add(new Entry(id, parts[3], parts[2], Instant.ofEpochMilli(Long.parseLong(parts[1]))));
        }
        entries.sort(java.util.Comparator.comparing(Entry::createdAt).thenComparing(Entry::id));
        return entries;
    }

    @Override
    public boolean delete(String id) {
        return redis.send(Command.HDEL, FlagKeys.API_KEYS, id).toInteger() == 1;
    }

    @Override
    public Uni<Boolean> isValid(ApiKey key) {
        return redis.sendAsync(Command.HGET, FlagKeys.API_KEYS, key.id())
                .map(stored -> stored != null
                        && MessageDigest.isEqual(
                                stored.toString().split(" ", 2)[0].getBytes(StandardCharsets.US_ASCII),
                                hash(key.secret()).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}

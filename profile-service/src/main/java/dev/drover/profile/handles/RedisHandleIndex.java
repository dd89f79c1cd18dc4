package dev.drover.profile.handles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.profile.AccountId;

/**
 * A sorted set, all scores 0, of {@code <handle>!<account>!<epoch, 10 digits>}. Each operation is one command on one key. In a cluster it is in one
 * slot: about 70 bytes for each account that chose a handle.
 */
@Singleton
final class RedisHandleIndex implements HandleIndex {

    /** Sorts before every character of a handle. */
    private static final String SEPARATOR = "!";
    /** Sorts after every character of an entry. */
    private static final char LAST = '~';

    private final RedisCalls redis;

    RedisHandleIndex(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public void enter(Handle handle, AccountId owner, long epoch) {
        redis.send(Command.ZADD, HandleKeys.INDEX, "0", member(new Entry(handle, owner, epoch)));
    }

    @Override
    public void leave(Handle handle, AccountId owner, long epoch) {
        redis.send(
                Command.ZREMRANGEBYLEX,
                HandleKeys.INDEX,
                "[" + handle + SEPARATOR + owner + SEPARATOR,
                "[" + member(new Entry(handle, owner, epoch)));
    }

    @Override
    public List<Entry> entries(String prefix, Optional<Entry> after, int max) {
        String from = after.map(entry -> "(" + member(entry)).orElse("[" + prefix);
        Response members = redis.send(
                Command.ZRANGE,
                HandleKeys.INDEX,
                from,
                "(" + prefix + LAST,
                "BYLEX",
                "LIMIT",
                "0",
                Integer.toString(max));
        List<Entry> entries = new ArrayList<>();
        members.forEach(member -> entries.add(entry(member.toString())));
        return entries;
    }

    private static String member(Entry entry) {
        return entry.handle() + SEPARATOR + entry.owner() + SEPARATOR + String.format("%010d", entry.epoch());
    }

    private static Entry entry(String member) {
        String[] parts = member.split(SEPARATOR);
        return new Entry(new Handle(parts[0]), new AccountId(parts[1]), Long.parseLong(parts[2]));
    }
}

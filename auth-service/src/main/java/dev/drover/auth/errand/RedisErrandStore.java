package dev.drover.auth.errand;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisErrandStore implements ErrandStore {

    /** A sorted set: when to look at an account, in milliseconds. */
    private static final String DUE = "drover:{errands}:due";

    /** A hash: when an account was noted last, in milliseconds. */
    private static final String NOTED = "drover:{errands}:noted";

    private static final List<String> KEYS = List.of(DUE, NOTED);

    private final RedisScript note = RedisScript.load("note_errand");
    private final RedisScript take = RedisScript.load("take_errands");
    private final RedisScript settle = RedisScript.load("settle_errand");
    private final RedisCalls redis;

    RedisErrandStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public void note(String account) {
        redis.run(note, KEYS, List.of(account));
    }

    @Override
    public List<Noted> take(int max, Duration lease) {
        Response taken = redis.run(take, KEYS, List.of(Integer.toString(max), Long.toString(lease.toMillis())));
        List<Noted> noted = new ArrayList<>();
        for (int i = 0; i + 1 < taken.size(); i += 2) {
            noted.add(new Noted(taken.get(i).toString(), taken.get(i + 1).toString()));
        }
        return noted;
    }

    @Override
    public void settle(Noted noted, Duration grace) {
        redis.run(settle, KEYS, List.of(noted.account(), noted.notedAtMillis(), Long.toString(grace.toMillis())));
    }
}

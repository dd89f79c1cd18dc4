package dev.drover.platform.idempotency;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** One key per intention, {@code drover:{idem:<name>}:record}; its time to live is first the lease and then the retention. */
@Singleton
final class RedisIdempotencyStore implements IdempotencyStore {

    private static final String NOBODY = "";

    private final RedisScript begin = RedisScript.load("idempotency_begin");
    private final RedisScript renew = RedisScript.load("idempotency_renew");
    private final RedisScript finish = RedisScript.load("idempotency_finish");
    private final RedisScript abandon = RedisScript.load("idempotency_abandon");
    private final RedisCalls redis;

    RedisIdempotencyStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public ClaimResult begin(RecordSeal seal, String run, Duration lease, Optional<String> superseded) {
        return claim(seal, run, millis(lease), superseded.orElse(""));
    }

    @Override
    public ClaimResult look(RecordSeal seal) {
        return claim(seal, NOBODY, "0", "");
    }

    private ClaimResult claim(RecordSeal seal, String run, String leaseMillis, String superseded) {
        Response outcome = redis.run(begin, keys(seal), List.of(run, seal.fingerprint(), leaseMillis, superseded));
        return switch (outcome.get(0).toString()) {
            case "begun" -> new ClaimResult.Begun();
            case "recorded" ->
                new ClaimResult.Recorded(
                        outcome.get(1).toString(),
                        outcome.get(2).toString(),
                        Duration.ofMillis(Long.parseLong(outcome.get(3).toString())));
            case "free" -> new ClaimResult.Free();
            case "running" -> new ClaimResult.Running();
            case "differs" -> new ClaimResult.Differs();
            default -> throw new IllegalStateException("idempotency_begin answered " + outcome.get(0));
        };
    }

    @Override
    public Uni<Boolean> renew(RecordSeal seal, String run, Duration lease) {
        return redis.runAsync(renew, keys(seal), List.of(run, millis(lease))).map(held -> held.toInteger() == 1);
    }

    @Override
    public boolean finish(RecordSeal seal, String run, String answer, Duration retention) {
        return redis.run(finish, keys(seal), List.of(run, answer, millis(retention)))
                        .toInteger()
                == 1;
    }

    @Override
    public Uni<Boolean> abandon(RecordSeal seal, String run) {
        return redis.runAsync(abandon, keys(seal), List.of(run)).map(freed -> freed.toInteger() == 1);
    }

    private static List<String> keys(RecordSeal seal) {
        return List.of("drover:{idem:" + seal.name() + "}:record");
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}

package dev.drover.profile.handles;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.profile.AccountId;

@Singleton
final class RedisHandleClaims implements HandleClaims {

    private static final RedisScript CLAIM = RedisScript.load("claim_handle");
    private static final RedisScript TAKE_OVER = RedisScript.load("take_over_handle");
    private static final RedisScript RESERVE = RedisScript.load("reserve_handle");

    private final RedisCalls redis;

    RedisHandleClaims(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Claim claim(Handle handle, AccountId owner, long epoch) {
        Response answer = redis.run(CLAIM, keys(handle), List.of(owner.value(), Long.toString(epoch)));
        return switch (answer.get(0).toString()) {
            case "claimed" -> new Claim.Claimed();
            case "held" ->
                new Claim.Held(
                        new AccountId(answer.get(1).toString()),
                        Duration.ofMillis(answer.get(3).toLong()));
            case String other -> throw unknown(CLAIM, other);
        };
    }

    @Override
    public boolean takeOver(Handle handle, AccountId holder, long voidEpoch, AccountId owner, long epoch) {
        Response answer = redis.run(
                TAKE_OVER,
                keys(handle),
                List.of(holder.value(), Long.toString(voidEpoch), owner.value(), Long.toString(epoch)));
        return switch (answer.get(0).toString()) {
            case "claimed" -> true;
            case "held" -> false;
            case String other -> throw unknown(TAKE_OVER, other);
        };
    }

    @Override
    public void reserve(Handle handle, AccountId owner, long epoch, Duration reservation) {
        redis.run(
                RESERVE,
                keys(handle),
                List.of(owner.value(), Long.toString(epoch), Long.toString(reservation.toMillis())));
    }

    private static List<String> keys(Handle handle) {
        return List.of(HandleKeys.claim(handle));
    }

    private static IllegalStateException unknown(RedisScript script, String status) {
        return new IllegalStateException(script.name() + " answered " + status);
    }
}

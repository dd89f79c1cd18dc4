package dev.drover.profile.profiles;

import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;
import dev.drover.profile.handles.HandleFence;
import dev.drover.profile.handles.HandlePolicy;

@Singleton
final class RedisHandleFence implements HandleFence {

    private static final RedisScript FENCE = RedisScript.load("fence_handle");

    private final RedisCalls redis;
    private final HandlePolicy policy;

    RedisHandleFence(RedisCalls redis, HandlePolicy policy) {
        this.redis = redis;
        this.policy = policy;
    }

    @Override
    public Answer fence(AccountId holder, Handle handle) {
        Response answer = redis.run(
                FENCE,
                List.of(ProfileKeys.profile(holder), ProfileKeys.formerHandles(holder)),
                List.of(handle.value(), Long.toString(policy.reservation().toMillis())));
        return switch (answer.get(0).toString()) {
            case "named", "reserved" -> new Answer.InUse();
            case "fenced" -> new Answer.Fenced(answer.get(1).toLong());
            case String other -> throw new IllegalStateException(FENCE.name() + " answered " + other);
        };
    }
}

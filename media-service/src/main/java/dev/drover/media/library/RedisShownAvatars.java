package dev.drover.media.library;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.redis.RedisCalls;

/** Looks into the profile itself. */
@Singleton
final class RedisShownAvatars implements ShownAvatars {

    private final RedisCalls redis;

    RedisShownAvatars(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public boolean isShown(MediaName picture) {
        Response shown = redis.send(Command.HGET, "drover:{" + picture.owner() + "}:profile", "avatar");
        return shown != null && shown.toString().equals(picture.id().value());
    }
}

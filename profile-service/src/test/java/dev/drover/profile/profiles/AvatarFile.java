package dev.drover.profile.profiles;

import java.util.UUID;

import io.vertx.redis.client.Command;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.redis.RedisCalls;

/** An entry of the media ledger, as media-service and its pipeline leave it. */
record AvatarFile(String owner, String state, String purpose) {

    static AvatarFile of(String owner) {
        return new AvatarFile(owner, "ready", "avatar");
    }

    AvatarFile in(String other) {
        return new AvatarFile(owner, other, purpose);
    }

    AvatarFile uploadedAs(String other) {
        return new AvatarFile(owner, state, other);
    }

    static String key(String id) {
        return "drover:{media:" + id.charAt(4) + "}:item:" + id;
    }

    /** Its id. */
    String store(RedisCalls redis) {
        String id = MediaId.of(owner, Ids.derive(UUID.randomUUID().toString())).value();
        redis.send(
                Command.HSET,
                key(id),
                "owner",
                owner,
                "fileName",
                "me.png",
                "contentType",
                "image/png",
                "sizeBytes",
                "3",
                "sha256",
                "a".repeat(64),
                "purpose",
                purpose,
                "state",
                state,
                "createdAt",
                "1",
                "updatedAt",
                "1");
        return id;
    }
}

package dev.drover.platform.medialedger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisShareLedger implements ShareLedger {

    private static final RedisScript SHARE = RedisScript.load("share_media");
    private static final RedisScript REVOKE = RedisScript.load("revoke_share");

    private final RedisCalls redis;
    private final ObjectMapper json;
    private final Clock clock;

    RedisShareLedger(RedisCalls redis, ObjectMapper json, Clock clock) {
        this.redis = redis;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ShareResult share(MediaName name, Share share, int sharesMax) {
        Response answer = redis.run(
                SHARE,
                List.of(MediaKeys.item(name.id()), MediaKeys.shares(name.id())),
                List.of(name.owner(), share.id(), write(share), Integer.toString(sharesMax)));
        return switch (answer.get(0).toString()) {
            case "shared" ->
                new ShareResult.Noted(read(share.id(), answer.get(1).toString()));
            case "full" -> new ShareResult.Full();
            case "gone" -> new ShareResult.Gone();
            case String other -> throw new IllegalStateException("share_media answered " + other);
        };
    }

    @Override
    public List<Share> shares(MediaName name) {
        Response fields = redis.send(Command.HGETALL, MediaKeys.shares(name.id()));
        List<Share> shares = new ArrayList<>();
        for (String id : fields.getKeys()) {
            shares.add(read(id, fields.get(id).toString()));
        }
        Instant now = clock.instant();
        shares.removeIf(share -> !now.isBefore(share.expiresAt()));
        shares.sort(Comparator.comparing(Share::createdAt).reversed().thenComparing(Share::id));
        return shares;
    }

    @Override
    public boolean revoke(MediaName name, String shareId) {
        Response answer = redis.run(
                REVOKE,
                List.of(MediaKeys.item(name.id()), MediaKeys.shares(name.id())),
                List.of(name.owner(), shareId));
        return switch (answer.get(0).toString()) {
            case "revoked" -> true;
            case "gone" -> false;
            case String other -> throw new IllegalStateException("revoke_share answered " + other);
        };
    }

    @Override
    public Optional<Shared> open(Share.Token token) {
        Response record = redis.send(Command.HGET, MediaKeys.shares(token.media()), token.shareId());
        return Optional.ofNullable(record)
                .map(found -> read(token.shareId(), found.toString()))
                .filter(share -> share.isOpenedBy(token.secret(), clock.instant()))
                .flatMap(share -> MediaRecord.read(
                                token.media(), redis.send(Command.HMGET, MediaRecord.query(token.media())))
                        .filter(item -> item.state() != MediaState.DELETED)
                        .map(item -> new Shared(item, share.variant())));
    }

    private String write(Share share) {
        try {
            return json.writeValueAsString(new Stored(
                    share.secret(),
                    share.variant().word(),
                    share.createdAt().toEpochMilli(),
                    share.expiresAt().toEpochMilli()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a share is plain values", e);
        }
    }

    private Share read(String id, String record) {
        try {
            Stored stored = json.readValue(record, Stored.class);
            return new Share(
                    id,
                    stored.secret(),
                    VariantName.parse(stored.variant())
                            .orElseThrow(() -> new IllegalStateException("a share of an unknown variant: " + id)),
                    Instant.ofEpochMilli(stored.createdAt()),
                    Instant.ofEpochMilli(stored.expiresAt()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds an unreadable share", e);
        }
    }

    /** The stored form; times in ms. */
    @RegisterForReflection
    record Stored(String secret, String variant, long createdAt, long expiresAt) {}
}

package dev.drover.platform.medialedger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisPartLedger implements PartLedger {

    private static final RedisScript ATTACH = RedisScript.load("attach_multipart");
    private static final RedisScript ANNOUNCE = RedisScript.load("announce_parts");

    private final RedisCalls redis;

    RedisPartLedger(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public AttachResult attach(MediaName name, String uploadId) {
        Response answer = redis.run(ATTACH, List.of(MediaKeys.item(name.id())), List.of(name.owner(), uploadId));
        return switch (answer.get(0).toString()) {
            case "attached" -> new AttachResult.Attached(answer.get(1).toString());
            case "past" -> new AttachResult.Past();
            case "gone" -> new AttachResult.Gone();
            case String other -> throw new IllegalStateException("attach_multipart answered " + other);
        };
    }

    @Override
    public AnnounceResult announce(MediaName name, SortedMap<Integer, Sha256> parts, Duration pendingFor) {
        List<String> args = new ArrayList<>();
        args.add(name.owner());
        args.add(name.id().value());
        args.add(Long.toString(pendingFor.toMillis()));
        parts.forEach((number, sha256) -> {
            args.add(number.toString());
            args.add(sha256.hex());
        });
        Response answer = redis.run(
                ANNOUNCE,
                List.of(
                        MediaKeys.item(name.id()),
                        MediaKeys.parts(name.id()),
                        MediaKeys.pending(name.id().shard())),
                args);
        return switch (answer.get(0).toString()) {
            case "announced" -> AnnounceResult.ANNOUNCED;
            case "past" -> AnnounceResult.PAST;
            case "gone" -> AnnounceResult.GONE;
            case String other -> throw new IllegalStateException("announce_parts answered " + other);
        };
    }

    @Override
    public SortedMap<Integer, Sha256> announced(MediaName name) {
        Response fields = redis.send(Command.HGETALL, MediaKeys.parts(name.id()));
        SortedMap<Integer, Sha256> announced = new TreeMap<>();
        for (String number : fields.getKeys()) {
            announced.put(Integer.valueOf(number), new Sha256(fields.get(number).toString()));
        }
        return announced;
    }
}

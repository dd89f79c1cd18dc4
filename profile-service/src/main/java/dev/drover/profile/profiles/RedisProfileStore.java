package dev.drover.profile.profiles;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;
import dev.drover.profile.handles.HandlePolicy;

@Singleton
final class RedisProfileStore implements ProfileStore {

    private static final RedisScript WRITE = RedisScript.load("write_profile");
    private static final String NOTHING = "";

    private final RedisCalls redis;
    private final WritePolicy writes;
    private final HandlePolicy handles;

    RedisProfileStore(RedisCalls redis, WritePolicy writes, HandlePolicy handles) {
        this.redis = redis;
        this.writes = writes;
        this.handles = handles;
    }

    @Override
    public Found find(AccountId id) {
        return found(id, redis.send(Command.HMGET, query(id)));
    }

    @Override
    public Uni<Found> findAsync(AccountId id) {
        return redis.sendAsync(Command.HMGET, query(id)).map(fields -> found(id, fields));
    }

    @Override
    public List<Found> findAll(List<AccountId> ids) {
        List<Response> answers =
                redis.readHashes(ids.stream().map(ProfileKeys::profile).toList(), fields());
        return IntStream.range(0, ids.size())
                .mapToObj(i -> found(ids.get(i), answers.get(i)))
                .toList();
    }

    private static String[] query(AccountId id) {
        return Stream.concat(Stream.of(ProfileKeys.profile(id)), Stream.of(fields()))
                .toArray(String[]::new);
    }

    private static String[] fields() {
        return new String[] {
            "version", "updatedAt", "handleEpoch", "handle", "displayName", "bio", "avatar", "preferences"
        };
    }

    private static Found found(AccountId id, Response fields) {
        long epoch = fields.get(2) == null ? 0 : fields.get(2).toLong();
        if (fields.get(0) == null) {
            return new Found.NeverWritten(epoch);
        }
        ProfileContent content = new ProfileContent(
                new Handle(fields.get(3).toString()),
                fields.get(4).toString(),
                fields.get(5).toString(),
                MediaId.parse(fields.get(6).toString()),
                new Preferences(fields.get(7).toString()));
        Instant updatedAt = Instant.ofEpochMilli(fields.get(1).toLong());
        return new Found.Written(new Profile(id, content, fields.get(0).toLong(), updatedAt, epoch));
    }

    @Override
    public Recall recall(AccountId id, RequestMark mark) {
        Response digest = redis.send(Command.GET, ProfileKeys.write(id, mark));
        if (digest == null) {
            return Recall.UNKNOWN;
        }
        return digest.toString().equals(mark.digest()) ? Recall.REPEATED : Recall.REUSED;
    }

    @Override
    public Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark) {
        Response answer = redis.run(WRITE, keys(read.id(), mark), arguments(read, next, mark));
        return switch (answer.get(0).toString()) {
            case "written" ->
                new Outcome.Written(
                        answer.get(1).toLong(),
                        Instant.ofEpochMilli(answer.get(2).toLong()));
            case "repeated" -> new Outcome.Repeated();
            case "reused" -> new Outcome.Reused();
            case "stale" -> new Outcome.Stale(answer.get(1).toLong());
            case "fenced" -> new Outcome.Fenced();
            case "exhausted" ->
                new Outcome.Exhausted(Duration.ofMillis(answer.get(1).toLong()));
            case String other -> throw new IllegalStateException(WRITE.name() + " answered " + other);
        };
    }

    static List<String> keys(AccountId id, Optional<RequestMark> mark) {
        List<String> keys =
                new ArrayList<>(List.of(ProfileKeys.profile(id), ProfileKeys.formerHandles(id), ProfileKeys.card(id)));
        mark.ifPresent(known -> keys.add(ProfileKeys.write(id, known)));
        return keys;
    }

    private List<String> arguments(Profile read, ProfileContent next, Optional<RequestMark> mark) {
        Handle former = read.content().handle();
        boolean changesHandle = !next.handle().equals(former);
        return List.of(
                Long.toString(read.version()),
                changesHandle ? Long.toString(read.handleEpoch()) : NOTHING,
                changesHandle && !former.isSomeDefault() ? former.value() : NOTHING,
                Long.toString(handles.reservation().toMillis()),
                Integer.toString(handles.reservedMax()),
                mark.map(RequestMark::digest).orElse(NOTHING),
                Long.toString(writes.remembered().toMillis()),
                "handle",
                next.handle().value(),
                "displayName",
                next.displayName(),
                "bio",
                next.bio(),
                "avatar",
                next.avatar().map(MediaId::value).orElse(NOTHING),
                "preferences",
                next.preferences().json());
    }
}

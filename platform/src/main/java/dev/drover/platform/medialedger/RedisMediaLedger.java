package dev.drover.platform.medialedger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.outbox.OutboxPosition;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisMediaLedger implements MediaLedger {

    private static final RedisScript OPEN = RedisScript.load("open_media");
    private static final RedisScript VERIFY = RedisScript.load("verify_media");
    private static final RedisScript DELETE = RedisScript.load("delete_media");

    private final RedisCalls redis;

    RedisMediaLedger(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public OpenResult open(NewMedia media, UploadTerms terms) {
        Response answer = redis.run(
                OPEN,
                List.of(
                        MediaKeys.item(media.id()),
                        MediaKeys.ofOwner(media.owner()),
                        MediaKeys.usage(media.owner()),
                        MediaKeys.pending(media.id().shard()),
                        MediaKeys.owners(media.id().shard())),
                List.of(
                        media.id().value(),
                        media.owner(),
                        media.fileName(),
                        media.content().contentType(),
                        Long.toString(media.content().sizeBytes()),
                        media.content().sha256().hex(),
                        media.purpose().word(),
                        Long.toString(terms.partBytes()),
                        Long.toString(terms.pendingFor().toMillis()),
                        Long.toString(terms.quota().bytesMax()),
                        Long.toString(terms.quota().filesMax())));
        return switch (answer.get(0).toString()) {
            case "opened" ->
                new OpenResult.Opened(pending(media, terms, answer.get(1).toLong()));
            case "known" ->
                find(media.owner(), media.id())
                        .<OpenResult>map(OpenResult.Known::new)
                        .orElseGet(OpenResult.Deleted::new);
            case "deleted" -> new OpenResult.Deleted();
            case "differs" -> new OpenResult.Differs();
            case "over" ->
                new OpenResult.OverQuota(answer.get(1).toLong(), answer.get(2).toLong());
            case String other -> throw new IllegalStateException("open_media answered " + other);
        };
    }

    private static MediaItem pending(NewMedia media, UploadTerms terms, long createdAtMillis) {
        Instant now = Instant.ofEpochMilli(createdAtMillis);
        return new MediaItem(
                media,
                MediaState.PENDING,
                List.of(),
                Optional.empty(),
                now,
                now,
                Multipart.of(terms.partBytes(), Optional.empty()));
    }

    @Override
    public Optional<MediaItem> find(String owner, MediaId id) {
        if (id.shard() != MediaId.shardOf(owner)) {
            return Optional.empty();
        }
        return visible(owner, id, redis.send(Command.HMGET, MediaRecord.query(id)));
    }

    private static Optional<MediaItem> visible(String owner, MediaId id, Response values) {
        return MediaRecord.read(id, values)
                .filter(item -> item.media().owner().equals(owner) && item.state() != MediaState.DELETED);
    }

    @Override
    public VerifyResult verify(String owner, MediaId id, OutboxEntry.Job job) {
        if (id.shard() != MediaId.shardOf(owner)) {
            return new VerifyResult.Gone();
        }
        String outbox = MediaKeys.outbox(id);
        Response answer = redis.run(
                VERIFY,
                List.of(MediaKeys.item(id), outbox, MediaKeys.pending(id.shard()), MediaKeys.parts(id)),
                List.of(owner, id.value(), job.id(), job.type(), job.owner(), job.payload()));
        return switch (answer.get(0).toString()) {
            case "verified" ->
                new VerifyResult.Verified(
                        new OutboxPosition(outbox, answer.get(1).toString()));
            case "already" ->
                new VerifyResult.Already(MediaState.ofWord(answer.get(1).toString()));
            case "gone" -> new VerifyResult.Gone();
            case String other -> throw new IllegalStateException("verify_media answered " + other);
        };
    }

    @Override
    public Page list(String owner, int max, Optional<Cursor> after) {
        String before = after.map(cursor -> "(" + cursor.value()).orElse("+");
        Response members = redis.send(
                Command.ZREVRANGEBYLEX, MediaKeys.ofOwner(owner), before, "-", "LIMIT", "0", Integer.toString(max + 1));
        List<Cursor> places = new ArrayList<>();
        for (Response member : members) {
            places.add(new Cursor(member.toString()));
        }
        boolean more = places.size() > max;
        List<Cursor> page = more ? places.subList(0, max) : places;
        return new Page(read(owner, page), more ? Optional.of(page.getLast()) : Optional.empty());
    }

    /** One that is deleted between the two steps is left out. */
    private List<MediaItem> read(String owner, List<Cursor> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<MediaId> ids = places.stream()
                .map(place -> new MediaId(place.value().substring(place.value().indexOf(':') + 1)))
                .toList();
        List<Uni<Response>> calls = ids.stream()
                .map(id -> redis.sendAsync(Command.HMGET, MediaRecord.query(id)))
                .toList();
        List<Response> answers = Uni.join().all(calls).andFailFast().await().indefinitely();
        List<MediaItem> items = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            visible(owner, ids.get(i), answers.get(i)).ifPresent(items::add);
        }
        return items;
    }

    @Override
    public Usage usage(String owner) {
        Response used = redis.send(Command.HMGET, MediaKeys.usage(owner), "bytes", "files");
        return new Usage(
                used.get(0) == null ? 0 : used.get(0).toLong(),
                used.get(1) == null ? 0 : used.get(1).toLong());
    }

    @Override
    public DeleteResult delete(String owner, MediaId id, Duration remembered) {
        if (id.shard() != MediaId.shardOf(owner)) {
            return new DeleteResult.Gone();
        }
        List<String> keys = Stream.concat(
                        endKeys(owner, id).stream(),
                        Stream.of(VariantName.values()).map(variant -> MediaKeys.link(id, variant)))
                .toList();
        Response answer = redis.run(DELETE, keys, List.of(id.value(), owner, Long.toString(remembered.toMillis())));
        return switch (answer.get(0).toString()) {
            case "deleted" -> new DeleteResult.Deleted(uploadId(answer.get(1)));
            case "gone" -> new DeleteResult.Gone();
            case String other -> throw new IllegalStateException("delete_media answered " + other);
        };
    }

    /** What the end of a file touches, in the order of delete_media and expire_media. */
    static List<String> endKeys(String owner, MediaId id) {
        return List.of(
                MediaKeys.item(id),
                MediaKeys.ofOwner(owner),
                MediaKeys.usage(owner),
                MediaKeys.pending(id.shard()),
                MediaKeys.owners(id.shard()),
                MediaKeys.parts(id),
                MediaKeys.shares(id));
    }

    /** Scripts say '' for none. */
    static Optional<String> uploadId(Response word) {
        return Optional.of(word.toString()).filter(id -> !id.isEmpty());
    }
}

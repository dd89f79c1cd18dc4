package dev.drover.platform.medialedger;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.drover.platform.objectstore.ObjectKey;

/** Where media live: in Redis in the shard of their owner, in the object store under owner and id. The only place that builds these names. */
public final class MediaKeys {

    /** Fixed: another number would be a migration. */
    public static final int SHARDS = 16;

    private MediaKeys() {}

    /** Hash of one file's entry in the ledger. */
    static String item(MediaId id) {
        return tag(id.shard()) + "item:" + id;
    }

    /** Sorted set, all scores 0, of {@code <created, 13 digits of ms>:<media id>}: an account's files in the order of their creation. */
    static String ofOwner(String owner) {
        return tag(MediaId.shardOf(owner)) + "owner:" + owner;
    }

    /** Hash of what an account is charged: {@code bytes}, {@code files}. */
    static String usage(String owner) {
        return tag(MediaId.shardOf(owner)) + "usage:" + owner;
    }

    /** Sorted set, by their time end in ms, of {@code <owner>:<media id>}: the shard's uploads that are not complete. */
    static String pending(char shard) {
        return tag(shard) + "pending";
    }

    /** Sorted set, all scores 0: the shard's accounts that have files. */
    static String owners(char shard) {
        return tag(shard) + "owners";
    }

    /** Hash of the parts that were announced of an upload, {@code <number>} to SHA-256 in hex. */
    static String parts(MediaId id) {
        return tag(id.shard()) + "parts:" + id;
    }

    /** Hash of the links a file is shared by, {@code <share id>} to JSON. */
    static String shares(MediaId id) {
        return tag(id.shard()) + "shares:" + id;
    }

    /** Hash: the signed URL of one form of a file, cached for less than it is valid. */
    public static String link(MediaId id, VariantName variant) {
        return tag(id.shard()) + "link:" + id + ":" + variant.word();
    }

    /** The digits that shards are named by. */
    public static List<Character> shards() {
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> Character.forDigit(shard, SHARDS))
                .toList();
    }

    /** Stream of what changes in this shard entail elsewhere. */
    static String outbox(MediaId id) {
        return outbox(id.shard());
    }

    /** The outboxes of all shards. */
    public static List<String> outboxes() {
        return shards().stream().map(MediaKeys::outbox).toList();
    }

    /** Under which every object of a file, and of an account with all its files, is. */
    public static final String OBJECTS = "media/";

    public static String objectsOf(String owner) {
        return OBJECTS + owner + "/";
    }

    /** Whose an object is; empty when its key is none of ours. */
    public static Optional<MediaName> nameOf(String objectKey) {
        String[] segments = objectKey.split("/", -1);
        if (segments.length != 4
                || !objectKey.startsWith(OBJECTS)
                || VariantName.parse(segments[3]).isEmpty()) {
            return Optional.empty();
        }
        return MediaId.parse(segments[2])
                .filter(id -> id.shard() == MediaId.shardOf(segments[1]))
                .map(id -> new MediaName(segments[1], id));
    }

    /** Where the bytes of one form of a file are. */
    public static ObjectKey object(String owner, MediaId id, VariantName variant) {
        return new ObjectKey("media/" + owner + "/" + id + "/" + variant.word());
    }

    /** Every object a file may have. */
    public static List<ObjectKey> objects(String owner, MediaId id) {
        return Stream.of(VariantName.values())
                .map(variant -> object(owner, id, variant))
                .toList();
    }

    private static String outbox(char shard) {
        return tag(shard) + "outbox";
    }

    private static String tag(char shard) {
        return "drover:{media:" + shard + "}:";
    }
}

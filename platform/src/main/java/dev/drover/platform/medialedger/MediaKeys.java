package dev.drover.platform.medialedger;

import java.util.List;
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

    /** Stream of what changes in this shard entail elsewhere. */
    static String outbox(MediaId id) {
        return outbox(id.shard());
    }

    /** The outboxes of all shards. */
    public static List<String> outboxes() {
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> outbox(Character.forDigit(shard, SHARDS)))
                .toList();
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

package dev.drover.platform.medialedger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.drover.platform.objectstore.Sha256;

/** {@code med_}, the hex digit of its owner's shard, and 25 characters that make it unique: the id says where its ledger is. */
public record MediaId(String value) {

    private static final Pattern FORM = Pattern.compile("med_[0-9a-f][0-9a-z]{25}");
    private static final int UNIQUE = 25;

    public MediaId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a media id: " + value);
        }
    }

    /** @param unique at least 25 characters of 0-9 a-z, of which the last 25 count */
    public static MediaId of(String owner, String unique) {
        return new MediaId("med_" + shardOf(owner) + unique.substring(unique.length() - UNIQUE));
    }

    /** Empty when it is not the id of a media. */
    public static Optional<MediaId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new MediaId(text)) : Optional.empty();
    }

    /** All media of an account share a shard; a hash spreads the accounts. */
    static char shardOf(String owner) {
        return Sha256.of(owner.getBytes(StandardCharsets.UTF_8)).hex().charAt(0);
    }

    char shard() {
        return value.charAt(4);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.drover.platform.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Who uses a quota. */
public record Subject(String value) {

    private static final int HASH_BYTES = 16;

    public static Subject account(String id) {
        return new Subject("account " + id);
    }

    static Subject address(String network) {
        return new Subject("address " + network);
    }

    static Subject apiKey(String key) {
        return new Subject("api-key " + key);
    }

    /** What a key's name may carry: enough of a SHA-256 that no two meet, nothing that can be read. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return hash();
    }
}

package dev.drover.auth.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A key for what is stored and must be read again, from a line of {@code data.key}: 256 bits in base 64. It outlives signing keys. */
record DataKey(String id, byte[] bits) {

    static final int BYTES = 32;

    private static final int ID_BYTES = 4;
    private static final int LINES_MAX = 8;

    /**
     * The keys of a file, one a line; the first is for what is written from now on, all are for what is read. Fails with {@link
     * IllegalArgumentException} whose text fits after a file's name and holds nothing of the keys.
     */
    static List<DataKey> parse(String text) {
        List<DataKey> keys = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(DataKey::ofLine)
                .toList();
        if (keys.isEmpty() || keys.size() > LINES_MAX) {
            throw new IllegalArgumentException("must hold 1 to " + LINES_MAX + " keys, one a line");
        }
        return keys;
    }

    private static DataKey ofLine(String line) {
        byte[] bits = decoded(line);
        if (bits.length != BYTES) {
            throw new IllegalArgumentException("must hold " + BYTES + " bytes in base 64 on each line");
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bits);
            return new DataKey(HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES)), bits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static byte[] decoded(String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}

package dev.drover.auth.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What {@code append_audit.lua} computes. SHA-1 is what Redis has; that nobody makes up contents is the seal's part, which is HMAC-SHA-256. */
final class AuditHash {

    private AuditHash() {}

    static String of(String before, long sequence, long millis, String seal, String content) {
        String chained = String.join("\n", before, Long.toString(sequence), Long.toString(millis), seal, content);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(chained.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is part of every JDK", e);
        }
    }
}

package dev.drover.platform.objectstore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest; 64 lower-case hex digits in our wire forms, base 64 in those of S3. */
public record Sha256(String hex) {

    public static final String PATTERN = "[0-9a-f]{64}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex digits");
        }
    }

    public static Sha256 of(byte[] bytes) {
        try {
            return new Sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    static Sha256 ofBase64(String base64) {
        return new Sha256(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
    }

    String base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    @Override
    public String toString() {
        return hex;
    }
}

package dev.drover.jobs.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.drover.platform.objectstore.Sha256;

/**
 * Reads along. Of a file that came in parts the store knows the digest of each part only; here the digest of the whole is compared with
 * what was announced.
 */
final class DigestCheck {

    private final DigestInputStream stream;

    DigestCheck(InputStream content) {
        try {
            this.stream = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    InputStream stream() {
        return stream;
    }

    /** Reads what is left. */
    boolean isOf(Sha256 announced) throws IOException {
        stream.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(stream.getMessageDigest().digest()).equals(announced.hex());
    }
}

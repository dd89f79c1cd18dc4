package dev.drover.platform.objectstore;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * What S3 knows a SHA-256 of an object made of parts by: the digest of the digests of its parts, in their order. S3 writes {@code -} and
 * the number of parts after it where it answers; some stores leave that out, so it does not count.
 */
public record CompositeSha256(Sha256 ofDigests) {

    public static CompositeSha256 of(List<Sha256> parts) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(HexFormat.of().parseHex(part.hex())));
        return new CompositeSha256(Sha256.of(digests.toByteArray()));
    }

    static CompositeSha256 ofStore(String checksum) {
        int dash = checksum.indexOf('-');
        return new CompositeSha256(Sha256.ofBase64(dash < 0 ? checksum : checksum.substring(0, dash)));
    }

    @Override
    public String toString() {
        return ofDigests.hex();
    }
}

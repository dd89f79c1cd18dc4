package dev.drover.platform.objectstore;

/** What an object's content must be, to the byte. */
public record ExactContent(long sizeBytes, String contentType, Sha256 sha256) {

    public ExactContent {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size is negative: " + sizeBytes);
        }
        if (!contentType.matches("[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")) {
            throw new IllegalArgumentException("not a plain media type: " + contentType);
        }
    }
}

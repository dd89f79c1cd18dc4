package dev.drover.platform.objectstore;

import java.util.regex.Pattern;

/** What an object's content must be, to the byte. */
public record ExactContent(long sizeBytes, String contentType, Sha256 sha256) {

    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*");

    public ExactContent {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size is negative: " + sizeBytes);
        }
        if (!MEDIA_TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("not a plain media type: " + contentType);
        }
    }
}

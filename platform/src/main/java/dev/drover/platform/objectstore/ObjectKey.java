package dev.drover.platform.objectstore;

import java.util.regex.Pattern;

/** The name of an object: segments of {@code A-Z a-z 0-9 . _ -} that are no {@code .} or {@code ..}, so it means the same in a key, a path and a URL. */
public record ObjectKey(String value) {

    private static final int CHARS_MAX = 512;
    private static final String SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+";
    private static final Pattern FORM = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

    public ObjectKey {
        if (value.length() > CHARS_MAX || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the key of an object: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

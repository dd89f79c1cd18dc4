package dev.drover.media.upload;

import java.util.Optional;

/**
 * What a person calls a file: 1 to 1,000 characters (code points) of any kind. It is data, given back as it was given, and never becomes
 * part of a key or a path; slashes, dots, line breaks, emoji and marks of direction mean nothing here. Where it stands in a header it is
 * encoded.
 */
record FileName(String value) {

    static final int CHARACTERS_MAX = 1_000;

    FileName {
        if (!isFit(value)) {
            throw new IllegalArgumentException("not a file name");
        }
    }

    /** Empty when it is not fit to be one. */
    static Optional<FileName> parse(String text) {
        return isFit(text) ? Optional.of(new FileName(text)) : Optional.empty();
    }

    private static boolean isFit(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= CHARACTERS_MAX
                // Half of a character is no text, and could not be given back.
                && text.codePoints().noneMatch(character -> Character.getType(character) == Character.SURROGATE);
    }
}

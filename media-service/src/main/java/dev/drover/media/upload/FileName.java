package dev.drover.media.upload;

import java.text.Normalizer;
import java.util.Optional;

/**
 * What a person calls a file: 1 to 255 characters (code points) in NFC without control characters. It is data, kept as it was given, and
 * never becomes part of a key or a path; slashes, dots, emoji and marks of direction mean nothing here.
 */
record FileName(String value) {

    static final int CHARACTERS_MAX = 255;

    FileName {
        if (!isFit(value)) {
            throw new IllegalArgumentException("not a file name");
        }
    }

    /** Empty when it is not fit to be one. */
    static Optional<FileName> parse(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        return isFit(normal) ? Optional.of(new FileName(normal)) : Optional.empty();
    }

    private static boolean isFit(String text) {
        int characters = text.codePointCount(0, text.length());
        return !text.isBlank()
                && characters <= CHARACTERS_MAX
                && text.codePoints().noneMatch(FileName::isRefused);
    }

    private static boolean isRefused(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }
}

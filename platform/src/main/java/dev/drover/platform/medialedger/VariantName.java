package dev.drover.platform.medialedger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms of a file there can be. The list is closed, so that a delete knows every object there may be. */
public enum VariantName {
    /** What was uploaded, byte for byte. */
    ORIGINAL,
    /** 64 × 64 pixels, cut to a square. */
    AVATAR64,
    /** 256 × 256 pixels, cut to a square. */
    AVATAR256,
    /** At most 1024 pixels on the longer side. */
    PREVIEW;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<VariantName> parse(String word) {
        return Stream.of(values()).filter(name -> name.word().equals(word)).findFirst();
    }
}

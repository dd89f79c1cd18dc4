package dev.drover.platform.medialedger;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file is uploaded for; it decides which variants are made. */
public enum MediaPurpose {
    AVATAR,
    FILE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MediaPurpose> parse(String word) {
        return Stream.of(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst();
    }
}

package dev.drover.auth.account;

import java.text.Normalizer;
import java.util.Optional;

/** What an account is shown as: 1 to 80 visible characters in NFC, trimmed. */
public record DisplayName(String value) {

    static final int CHARACTERS_MAX = 80;

    public DisplayName {
        if (fault(value).isPresent()) {
            throw new IllegalArgumentException("display name " + fault(value).orElseThrow());
        }
        value = normalise(value);
    }

    public static Optional<String> fault(String candidate) {
        if (candidate.length() > 4 * CHARACTERS_MAX) {
            return Optional.of(tooLong());
        }
        String text = normalise(candidate);
        if (text.isEmpty()) {
            return Optional.of("must not be blank; leave it out instead");
        }
        if (text.codePointCount(0, text.length()) > CHARACTERS_MAX) {
            return Optional.of(tooLong());
        }
        return PlainText.hasHidden(text)
                ? Optional.of("must not have control or invisible characters")
                : Optional.empty();
    }

    private static String tooLong() {
        return "must be at most " + CHARACTERS_MAX + " characters";
    }

    private static String normalise(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }

    @Override
    public String toString() {
        return value;
    }
}

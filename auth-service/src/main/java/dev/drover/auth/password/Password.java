package dev.drover.auth.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as somebody typed it, in Unicode NFC, so that the same keys pressed on two systems give the same bytes. It never shows in a
 * log: {@code toString} hides it.
 */
public final class Password {

    public static final int CHARACTERS_MIN = 12;
    public static final int CHARACTERS_MAX = 128;

    private final String value;

    private Password(String value) {
        this.value = value;
    }

    /** What keeps {@code candidate} from becoming somebody's password; empty when nothing does. There are no composition rules. */
    public static Optional<String> fault(String candidate) {
        if (candidate == null) {
            return Optional.of("is required");
        }
        if (candidate.length() > 8 * CHARACTERS_MAX || !isWellFormed(candidate)) {
            return Optional.of("must be " + CHARACTERS_MIN + " to " + CHARACTERS_MAX + " characters of Unicode");
        }
        String normal = Normalizer.normalize(candidate, Normalizer.Form.NFC);
        int characters = normal.codePointCount(0, normal.length());
        if (characters < CHARACTERS_MIN || characters > CHARACTERS_MAX) {
            return Optional.of("must be " + CHARACTERS_MIN + " to " + CHARACTERS_MAX + " characters");
        }
        return CommonPasswords.contains(normal)
                ? Optional.of("must not be a common password, also not with digits or marks around it or repeated")
                : Optional.empty();
    }

    /** Any password presented to be checked; the rules for new ones may have been others when it was chosen. */
    public static Password presented(String value) {
        return new Password(Normalizer.normalize(value, Normalizer.Form.NFC));
    }

    byte[] utf8() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Without a lone surrogate, which every encoder would turn into the same question mark. */
    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Override
    public String toString() {
        return "***";
    }
}

package dev.drover.profile.profiles;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drover.platform.problem.Violation;

/**
 * What a text people read may be: Unicode in NFC, of limited length in characters (code points), without control characters, line
 * separators and overrides of the writing direction, by which a name could show as another.
 */
enum TextRule {
    DISPLAY_NAME(80, false),
    BIO(500, true);

    private final int charactersMax;
    private final boolean takesLines;

    TextRule(int charactersMax, boolean takesLines) {
        this.charactersMax = charactersMax;
        this.takesLines = takesLines;
    }

    /** Empty, with a violation, when the value is no such text. */
    Optional<String> read(JsonNode value, String pointer, List<Violation> violations) {
        if (!value.isTextual()) {
            violations.add(new Violation(pointer, "must be a string"));
            return Optional.empty();
        }
        Optional<String> text = normalise(value.textValue());
        if (text.isEmpty()) {
            violations.add(new Violation(pointer, expectation()));
        }
        return text;
    }

    /** Empty when the text does not meet the rule. */
    Optional<String> normalise(String text) {
        String normal =
                Normalizer.normalize(takesLines ? text.replace("\r\n", "\n") : text.strip(), Normalizer.Form.NFC);
        boolean meets = normal.codePointCount(0, normal.length()) <= charactersMax
                && normal.codePoints().allMatch(this::takes);
        return meets ? Optional.of(normal) : Optional.empty();
    }

    private boolean takes(int character) {
        if (character == '\n') {
            return takesLines;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> !isDirectionOverride(character);
            default -> true;
        };
    }

    private static boolean isDirectionOverride(int character) {
        return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
    }

    private String expectation() {
        return "must be at most " + charactersMax + " characters without control characters"
                + (takesLines ? " other than line feed" : "");
    }
}

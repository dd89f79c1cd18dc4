package dev.drover.platform.mail;

import java.util.Optional;

/**
 * A mail to one person, as it is to be sent. {@code toString} shows nothing: letters carry links that log people in.
 *
 * @param to      one address in its normal form, ASCII
 * @param subject one line, at most {@value #SUBJECT_CHARACTERS_MAX} characters
 * @param text    at most {@value #BODY_CHARACTERS_MAX} characters
 * @param html    the same for readers that show HTML
 */
public record Letter(String to, String subject, String text, Optional<String> html) {

    public static final int ADDRESS_CHARACTERS_MAX = 254;
    public static final int SUBJECT_CHARACTERS_MAX = 200;
    public static final int BODY_CHARACTERS_MAX = 32_768;

    public Letter {
        if (to.length() > ADDRESS_CHARACTERS_MAX || !to.matches("[!-~&&[^@,;:<>()\\[\\]\"\\\\]]+@[a-z0-9.-]+")) {
            throw new IllegalArgumentException("a letter has one address in normal form");
        }
        // Whatever is in a subject, it must not begin another header.
        if (subject.isBlank()
                || subject.length() > SUBJECT_CHARACTERS_MAX
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line of 1 to " + SUBJECT_CHARACTERS_MAX);
        }
        if (text.isBlank() || text.length() > BODY_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a text has 1 to " + BODY_CHARACTERS_MAX + " characters");
        }
        if (html.filter(body -> body.isBlank() || body.length() > BODY_CHARACTERS_MAX)
                .isPresent()) {
            throw new IllegalArgumentException("an HTML body has 1 to " + BODY_CHARACTERS_MAX + " characters");
        }
    }

    @Override
    public String toString() {
        return "Letter[***]";
    }
}

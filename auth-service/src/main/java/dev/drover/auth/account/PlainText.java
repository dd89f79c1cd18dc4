package dev.drover.auth.account;

/** What text people are to read, and may be deceived by, must not contain. */
final class PlainText {

    private PlainText() {}

    /** Control characters, invisible and direction-changing ones, line separators, lone surrogates, and what Unicode has not assigned. */
    static boolean hasHidden(String text) {
        return text.codePoints().anyMatch(PlainText::isHidden);
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}

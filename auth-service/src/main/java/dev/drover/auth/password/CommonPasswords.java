package dev.drover.auth.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What guessers try first: the most common passwords of published leaks, also with digits or marks around them or repeated, since that is
 * how a short favourite is made long. Case does not matter.
 */
final class CommonPasswords {

    private static final String LIST = "passwords/common.txt";

    /** Something and itself again, to the end. */
    private static final Pattern REPEATED = Pattern.compile("(.+?)\\1+", Pattern.DOTALL);

    private static final Pattern WRAPPED = Pattern.compile("[^\\p{L}]*(.*?)[^\\p{L}]*", Pattern.DOTALL);

    /** What is repeated and shorter than this is no secret, listed or not. */
    private static final int UNIT_CHARACTERS_MIN = 4;

    private static final Set<String> LISTED = read();

    private CommonPasswords() {}

    static boolean contains(String candidate) {
        String lower = candidate.toLowerCase(Locale.ROOT);
        return LISTED.contains(lower) || isListedWord(lower) || isRepetition(lower);
    }

    private static boolean isListedWord(String lower) {
        Matcher wrapped = WRAPPED.matcher(lower);
        return wrapped.matches() && LISTED.contains(wrapped.group(1));
    }

    private static boolean isRepetition(String lower) {
        Matcher repeated = REPEATED.matcher(lower);
        if (!repeated.matches()) {
            return false;
        }
        String unit = repeated.group(1);
        return unit.length() < UNIT_CHARACTERS_MIN || LISTED.contains(unit) || isListedWord(unit);
    }

    static int size() {
        return LISTED.size();
    }

    private static Set<String> read() {
        try (InputStream file = CommonPasswords.class.getClassLoader().getResourceAsStream(LIST)) {
            if (file == null) {
                throw new IllegalStateException("list is missing: " + LIST);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

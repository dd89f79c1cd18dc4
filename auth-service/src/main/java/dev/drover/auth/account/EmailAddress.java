package dev.drover.auth.account;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An e-mail address in the one form it is compared and stored by: trimmed, lower-case, its domain in ASCII (IDNA). The part before the @
 * is ASCII, because a letter of another alphabet that looks the same would be another account with the same face.
 */
public record EmailAddress(String value) {

    static final int CHARACTERS_MAX = 254;
    private static final int LOCAL_CHARACTERS_MAX = 64;

    /** RFC 5322 dot-atom. Quoted local parts are left out: nobody has one, and parsers disagree on them. */
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    /** Japanese, Chinese and Korean names are written in several scripts, and with Latin letters among them. */
    private static final Set<UnicodeScript> WRITTEN_TOGETHER = Set.of(
            UnicodeScript.LATIN,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL);

    public EmailAddress {
        if (normalise(value).filter(value::equals).isEmpty()) {
            throw new IllegalArgumentException("not a normalised e-mail address");
        }
    }

    /** The address in normal form; empty when it is none we accept. */
    public static Optional<EmailAddress> parse(String candidate) {
        return candidate == null ? Optional.empty() : normalise(candidate).map(EmailAddress::new);
    }

    /** What is wrong with {@code candidate}, for the one who typed it; empty when nothing is. */
    public static Optional<String> fault(String candidate) {
        if (candidate == null) {
            return Optional.of("is required");
        }
        return parse(candidate).isPresent()
                ? Optional.empty()
                : Optional.of("must be an e-mail address such as ada@example.org, at most " + CHARACTERS_MAX
                        + " characters, ASCII before the @");
    }

    private static Optional<String> normalise(String candidate) {
        if (candidate.length() > 2 * CHARACTERS_MAX) {
            return Optional.empty();
        }
        String text = candidate.strip();
        int at = text.lastIndexOf('@');
        if (at < 1 || PlainText.hasHidden(text)) {
            return Optional.empty();
        }
        String local = asciiLowerCase(text.substring(0, at));
        Optional<String> domain = asciiDomain(Normalizer.normalize(text.substring(at + 1), Normalizer.Form.NFC));
        if (domain.isEmpty()
                || local.length() > LOCAL_CHARACTERS_MAX
                || !LOCAL.matcher(local).matches()) {
            return Optional.empty();
        }
        return Optional.of(local + "@" + domain.get()).filter(address -> address.length() <= CHARACTERS_MAX);
    }

    /** Letters that only look like plain ones, such as full-width ones, are refused and not mapped. */
    private static Optional<String> asciiDomain(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            // Every address that is read back from the store comes by here.
            return Optional.of(asciiLowerCase(domain))
                    .filter(name -> DOMAIN.matcher(name).matches());
        }
        if (!Normalizer.isNormalized(domain, Normalizer.Form.NFKC)
                || Arrays.stream(domain.split("\\.")).anyMatch(EmailAddress::mixesScripts)) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return Optional.of(ascii).filter(name -> DOMAIN.matcher(name).matches());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** One Cyrillic letter among Latin ones is there to deceive. A name all in one script is its own, and is kept as {@code xn--…}. */
    private static boolean mixesScripts(String label) {
        Set<UnicodeScript> scripts = label.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
        return scripts.size() > 1 && !WRITTEN_TOGETHER.containsAll(scripts);
    }

    /** Not {@code toLowerCase}: that would turn the Kelvin sign into a k. */
    private static String asciiLowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}

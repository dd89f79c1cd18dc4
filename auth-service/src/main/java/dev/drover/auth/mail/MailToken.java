package dev.drover.auth.mail;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.platform.identity.SessionCookie;

/**
 * What a link in a mail carries, once: {@code <kind>_<account>.<secret>}. The account is in it because its slot holds the hash; {@code
 * toString} shows nothing.
 *
 * @param account the account's id, {@code usr_…}
 * @param secret  256 bits, base 64
 */
public record MailToken(Kind kind, String account, String secret) {

    private static final int SECRET_BYTES = 32;
    private static final String ACCOUNT_PREFIX = "usr_";
    private static final Pattern FORM = Pattern.compile("([a-z]{3})_([0-9a-z]{26})\\.([A-Za-z0-9_-]{43})");

    /** What a token is for. One of a kind is no token of another. */
    public enum Kind {
        VERIFICATION("vfy"),
        RESET("rst");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static MailToken random(Kind kind, String account) {
        byte[] bits = new byte[SECRET_BYTES];
        // Made where it is used: a native image must not carry a generator that was seeded at build time.
        new SecureRandom().nextBytes(bits);
        return new MailToken(
                kind, account, Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Empty when it is no token of that kind. */
    public static Optional<MailToken> parse(Kind kind, String token) {
        Matcher form = FORM.matcher(token);
        return form.matches() && form.group(1).equals(kind.prefix)
                ? Optional.of(new MailToken(kind, ACCOUNT_PREFIX + form.group(2), form.group(3)))
                : Optional.empty();
    }

    /** What Redis keeps of it. */
    public String hash() {
        return SessionCookie.hash(secret);
    }

    String toWire() {
        return kind.prefix + "_" + account.substring(ACCOUNT_PREFIX.length()) + "." + secret;
    }

    @Override
    public String toString() {
        return kind.prefix + "_***";
    }
}

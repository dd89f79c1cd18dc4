package dev.drover.platform.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

/**
 * The session cookie: {@code <session id>.<account id>.<secret>}. Redis keeps only the secret's SHA-256, so a copy of the store opens no
 * session. The account is there so that a read can begin before the session has confirmed it.
 * Over https it is {@code __Host-drover_session} (Secure, no Domain, Path=/); plain http, for development, cannot carry that name.
 */
@Singleton
public final class SessionCookie {

    private static final Pattern FORM =
            Pattern.compile("(ses_[0-9a-z]{26})\\.(usr_[0-9a-z]{26})\\.([A-Za-z0-9_-]{43})");

    private final URI publicBaseUrl;

    SessionCookie(IdentityConfig config) {
        this.publicBaseUrl = URI.create(config.publicBaseUrl());
    }

    public String name() {
        return isSecure() ? "__Host-drover_session" : "drover_session";
    }

    /** The value of a {@code Set-Cookie} header (RFC 6265) that gives the browser its session. */
    public String issue(String sessionId, String sub, String secret, Duration maxAge) {
        return header(value(sessionId, sub, secret), maxAge);
    }

    /** The cookie's value. */
    public static String value(String sessionId, String sub, String secret) {
        return sessionId + "." + sub + "." + secret;
    }

    /** The value of a {@code Set-Cookie} header that takes it away again. */
    public String clear() {
        return header("", Duration.ZERO);
    }

    private String header(String value, Duration maxAge) {
        return name() + "=" + value + "; Path=/; Max-Age=" + maxAge.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (isSecure() ? "; Secure" : "");
    }

    private boolean isSecure() {
        return "https".equals(publicBaseUrl.getScheme());
    }

    /** The origin (RFC 6454) whose pages may use the cookie for unsafe methods. */
    public String origin() {
        int port = publicBaseUrl.getPort();
        // Browsers leave out the scheme's own port, whatever the configured URL says.
        boolean isDefault = port < 0 || port == (isSecure() ? 443 : 80);
        return publicBaseUrl.getScheme() + "://" + publicBaseUrl.getHost() + (isDefault ? "" : ":" + port);
    }

    static Optional<Presented> parse(String value) {
        Matcher form = FORM.matcher(value);
        return form.matches()
                ? Optional.of(new Presented(form.group(1), form.group(2), hash(form.group(3))))
                : Optional.empty();
    }

    /** What of a secret may be stored: its SHA-256 in hex. A slow hash is not needed for 256 random bits. */
    public static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** What a client has sent, the secret as its {@link #hash}: nothing asks for more, and every look at it would have to hash it anew. */
    record Presented(String sessionId, String sub, String secretHash) {

        /** Compares in constant time. */
        boolean matches(String storedHash) {
            return MessageDigest.isEqual(
                    secretHash.getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String toString() {
            return sessionId + "." + sub + ".***";
        }
    }
}

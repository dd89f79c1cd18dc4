package dev.drover.platform.medialedger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A link one form of a file is shared by.
 *
 * @param secret what makes the link; whoever has it gets the file
 */
public record Share(String id, String secret, VariantName variant, Instant createdAt, Instant expiresAt) {

    private static final Pattern ID = Pattern.compile("shr_[0-9a-z]{26}");
    private static final Pattern SECRET = Pattern.compile("[0-9a-z]{26}");

    public Share {
        if (!ID.matcher(id).matches() || !SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("not a share");
        }
    }

    boolean isOpenedBy(String given, Instant now) {
        return now.isBefore(expiresAt)
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The secret is none of it. */
    @Override
    public String toString() {
        return id + " of " + variant.word() + " until " + expiresAt;
    }

    /** What stands in a link: file, share and secret. */
    public record Token(MediaId media, String shareId, String secret) {

        private static final Pattern FORM = Pattern.compile("([0-9a-z]{26})\\.([0-9a-z]{26})\\.([0-9a-z]{26})");

        public static Token of(MediaId media, Share share) {
            return new Token(media, share.id(), share.secret());
        }

        /** Empty when it is not the token of a link. */
        public static Optional<Token> parse(String text) {
            var parts = FORM.matcher(text);
            return parts.matches()
                    ? MediaId.parse("med_" + parts.group(1))
                            .map(media -> new Token(media, "shr_" + parts.group(2), parts.group(3)))
                    : Optional.empty();
        }

        /** As it stands in a link. */
        public String text() {
            return media.value().substring(4) + "." + shareId.substring(4) + "." + secret;
        }

        @Override
        public String toString() {
            return shareId + " of " + media;
        }
    }
}

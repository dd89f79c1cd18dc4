package dev.drover.profile.flags;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.platform.identity.ApiKeyHolder;

/**
 * A key by which a program evaluates flags and does nothing else: {@code dvk_<id>_<secret>}. Only a hash of the secret is kept.
 *
 * @param id     26 characters, which may be shown
 * @param secret 52 characters
 */
record ApiKey(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("dvk_([0-9a-z]{26})_([0-9a-z]{52})");

    static Optional<ApiKey> parse(String text) {
        Matcher key = FORM.matcher(text);
        return key.matches() ? Optional.of(new ApiKey(key.group(1), key.group(2))) : Optional.empty();
    }

    /** What is given to the client, once. */
    String text() {
        return "dvk_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "ApiKey " + id;
    }

    /** Who calls by a key: nobody's account. */
    record Holder(String id) implements ApiKeyHolder {

        @Override
        public String getName() {
            return "key_" + id;
        }
    }
}

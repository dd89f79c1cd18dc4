package dev.drover.profile.profiles;

import java.util.Optional;
import java.util.regex.Pattern;

/** A file in media-service: {@code med_}, the digit of its ledger's shard, and 25 more of a-z 0-9. */
record MediaId(String value) {

    private static final Pattern FORM = Pattern.compile("med_[0-9a-f][a-z0-9]{25}");

    MediaId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a media id: " + value);
        }
    }

    static Optional<MediaId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new MediaId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}

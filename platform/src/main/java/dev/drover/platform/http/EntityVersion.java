package dev.drover.platform.http;

import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.ws.rs.core.EntityTag;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * The version of a changeable resource as it travels in {@code ETag} and {@code If-Match} (RFC 9110): a strong tag such as {@code "7"}.
 */
public record EntityVersion(long number) {

    private static final Pattern STRONG_TAG = Pattern.compile("\"\\d{1,18}\"");

    public EntityVersion {
        if (number < 0) {
            throw new IllegalArgumentException("a version is not negative: " + number);
        }
    }

    public EntityTag toTag() {
        return new EntityTag(Long.toString(number));
    }

    /** The version a client insists on; 428 when it does not say, 400 when it is no tag of ours. {@code *} is empty: any version. */
    public static Optional<EntityVersion> required(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ServiceException(
                    PlatformError.PRECONDITION_REQUIRED,
                    "Send the ETag you read as If-Match, or * to overwrite whatever is there.");
        }
        return parse(ifMatch);
    }

    public static Optional<EntityVersion> parse(String ifMatch) {
        String tag = ifMatch.strip();
        if (tag.equals("*")) {
            return Optional.empty();
        }
        if (!STRONG_TAG.matcher(tag).matches()) {
            throw ServiceException.invalid(
                    "If-Match", "must be one strong ETag as it was read, for example \"7\", or *");
        }
        return Optional.of(new EntityVersion(Long.parseLong(tag.substring(1, tag.length() - 1))));
    }
}

package dev.drover.platform.idempotency;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The caller's name for one intention ({@code Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header): 1 to 255 printable ASCII characters. */
public record IdempotencyKey(String value) {

    public static final String HEADER = "Idempotency-Key";

    /** On an answer: it is not new, or what it tells of was there before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,253}[\\x21-\\x7e])?");

    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not 1 to 255 printable ASCII characters");
        }
    }

    /** Empty when the header is absent; 400 when it is there more than once or not usable. */
    static Optional<IdempotencyKey> fromHeaders(List<String> headers) {
        if (headers.size() > 1) {
            throw new ServiceException(PlatformError.IDEMPOTENCY_KEY_INVALID, "Send one key.");
        }
        return fromHeader(headers.isEmpty() ? null : headers.getFirst());
    }

    /** Empty when the header is absent; 400 when it is there and not usable. */
    public static Optional<IdempotencyKey> fromHeader(String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdempotencyKey(header.strip()));
        } catch (IllegalArgumentException e) {
            throw new ServiceException(
                    PlatformError.IDEMPOTENCY_KEY_INVALID,
                    "Use 1 to 255 printable ASCII characters, for example a UUID.");
        }
    }
}

package dev.drover.platform.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a request with a problem. Expected alternatives are return values of the domain; this is thrown at the edge, where an outcome
 * becomes an answer. It carries no stack: it is no bug.
 */
public final class ServiceException extends RuntimeException {

    private final transient ErrorCode error;
    private final transient List<Violation> violations;
    private final transient Duration retryAfter;
    private final transient Map<String, Object> members;

    public ServiceException(ErrorCode error, String detail) {
        this(error, detail, null);
    }

    public ServiceException(ErrorCode error, String detail, Duration retryAfter) {
        this(error, detail, retryAfter, Map.of());
    }

    /** @param members what the problem's type adds to the body (RFC 9457, section 3.2) */
    public ServiceException(ErrorCode error, String detail, Duration retryAfter, Map<String, Object> members) {
        this(error, detail, List.of(), retryAfter, members);
    }

    private ServiceException(
            ErrorCode error,
            String detail,
            List<Violation> violations,
            Duration retryAfter,
            Map<String, Object> members) {
        super(detail, null, false, false);
        this.error = error;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
        this.members = Map.copyOf(members);
    }

    public static ServiceException invalid(List<Violation> violations) {
        return new ServiceException(PlatformError.VALIDATION_FAILED, "See violations.", violations, null, Map.of());
    }

    /** Members of the body there is no place for; what else is wrong with it is worth {@link #invalid} instead. */
    public static ServiceException unknownFields(List<Violation> violations) {
        return new ServiceException(PlatformError.UNKNOWN_FIELD, "See violations.", violations, null, Map.of());
    }

    public static ServiceException invalid(String pointer, String message) {
        return invalid(List.of(new Violation(pointer, message)));
    }

    public ErrorCode error() {
        return error;
    }

    public List<Violation> violations() {
        return violations;
    }

    public Map<String, Object> members() {
        return members;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

package dev.drover.platform.problem;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends a request with a problem. Expected alternatives are return values of the domain; this is thrown at the edge, where an outcome
 * becomes an answer. It carries no stack: it is no bug.
 */
public final class ServiceException extends RuntimeException {

    /** A body may have a member, or an element, for each few of its bytes, and an answer is not to be a hundred times as large. */
    static final int VIOLATIONS_MAX = 100;

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

    /** In the order of the places; of very many no more than the first are told. */
    public static ServiceException invalid(List<Violation> violations) {
        return of(PlatformError.VALIDATION_FAILED, violations);
    }

    /**
     * All that is wrong with a body: {@code unknown_field} when that is members there is no place for and nothing else, so that whoever
     * leaves them out is done.
     *
     * @param others wrong types and broken constraints
     */
    public static ServiceException unfit(List<Violation> unknown, List<Violation> others) {
        return others.isEmpty()
                ? of(PlatformError.UNKNOWN_FIELD, unknown)
                : invalid(Stream.concat(unknown.stream(), others.stream()).toList());
    }

    private static ServiceException of(ErrorCode error, List<Violation> violations) {
        List<Violation> told = violations.stream()
                .sorted(Comparator.comparing(Violation::pointer))
                .limit(VIOLATIONS_MAX)
                .toList();
        String detail = told.size() == violations.size()
                ? "See violations."
                : "See violations; there are more than these " + VIOLATIONS_MAX + ".";
        return new ServiceException(error, detail, told, null, Map.of());
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

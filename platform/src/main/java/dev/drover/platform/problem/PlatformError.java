package dev.drover.platform.problem;

import java.net.URI;

/** The errors any service can answer with, because they come from the contract and not from a feature. */
public enum PlatformError implements ErrorCode {
    MALFORMED_JSON(ErrorKind.INVALID, "The body is not valid JSON"),
    UNKNOWN_FIELD(ErrorKind.INVALID, "The body has a member this endpoint does not know"),
    VALIDATION_FAILED(ErrorKind.INVALID, "The request does not meet its constraints"),
    BAD_REQUEST(ErrorKind.INVALID, "The request cannot be understood"),
    UNAUTHENTICATED(ErrorKind.UNAUTHENTICATED, "Log in first"),
    TOKEN_INVALID(ErrorKind.UNAUTHENTICATED, "The access token is not valid"),
    TOKEN_ALGORITHM_REFUSED(ErrorKind.UNAUTHENTICATED, "The access token is signed in a way that is not accepted"),
    TOKEN_KEY_UNKNOWN(ErrorKind.UNAUTHENTICATED, "The access token is signed with a key that is not known"),
    TOKEN_ISSUER_WRONG(ErrorKind.UNAUTHENTICATED, "The access token is from another issuer"),
    TOKEN_AUDIENCE_WRONG(ErrorKind.UNAUTHENTICATED, "The access token is for another audience"),
    TOKEN_NOT_YET_VALID(ErrorKind.UNAUTHENTICATED, "The access token is not valid yet"),
    TOKEN_EXPIRED(ErrorKind.UNAUTHENTICATED, "The access token has expired"),
    SESSION_EXPIRED(ErrorKind.UNAUTHENTICATED, "The session has expired"),
    SESSION_REVOKED(ErrorKind.UNAUTHENTICATED, "The session was revoked"),
    FORBIDDEN(ErrorKind.FORBIDDEN, "The caller may not do this"),
    LOGIN_TOO_OLD(ErrorKind.FORBIDDEN, "The log-in is too long ago for this"),
    CROSS_SITE_REQUEST(ErrorKind.FORBIDDEN, "A request by cookie must come from the same origin"),
    NOT_FOUND(ErrorKind.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(ErrorKind.METHOD_NOT_ALLOWED, "The method is not allowed here"),
    NOT_ACCEPTABLE(ErrorKind.NOT_ACCEPTABLE, "No representation is acceptable to the client"),
    UNSUPPORTED_MEDIA_TYPE(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported here"),
    BODY_TOO_LARGE(ErrorKind.TOO_LARGE, "The body is too large"),
    URI_TOO_LONG(ErrorKind.URI_TOO_LONG, "The request's target is too long"),
    HEADERS_TOO_LARGE(ErrorKind.HEADERS_TOO_LARGE, "The request's header fields are too large"),
    PRECONDITION_FAILED(ErrorKind.PRECONDITION_FAILED, "The resource has changed since it was read"),
    PRECONDITION_REQUIRED(ErrorKind.PRECONDITION_REQUIRED, "If-Match is required"),
    CONFLICT(ErrorKind.CONFLICT, "The request conflicts with the present state"),
    IDEMPOTENCY_KEY_INVALID(ErrorKind.INVALID, "The Idempotency-Key is not valid"),
    IDEMPOTENCY_KEY_IN_USE(ErrorKind.CONFLICT, "The same request is being answered"),
    IDEMPOTENCY_KEY_REUSED(ErrorKind.UNPROCESSABLE, "The Idempotency-Key was used for another request"),
    RATE_LIMITED(ErrorKind.TOO_MANY_REQUESTS, "The quota for requests of this kind is exceeded") {
        /** The type the RateLimit draft gives it, so that clients that know the draft need not know us. */
        @Override
        public URI type() {
            return QUOTA_EXCEEDED;
        }
    },
    STORE_UNAVAILABLE(ErrorKind.UNAVAILABLE, "A store does not answer; try again"),
    STORE_FULL(ErrorKind.UNAVAILABLE, "A store has no room for more; reading goes on"),
    STORE_READ_ONLY(ErrorKind.UNAVAILABLE, "A store takes no writes at the moment; reading goes on"),
    OVERLOADED(ErrorKind.UNAVAILABLE, "The service is at its limit; try again"),
    INTERNAL(ErrorKind.INTERNAL, "Something went wrong on our side");

    private static final URI QUOTA_EXCEEDED =
            URI.create("https://iana.org/assignments/http-problem-types#quota-exceeded");

    private final ErrorKind kind;
    private final String title;

    PlatformError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}

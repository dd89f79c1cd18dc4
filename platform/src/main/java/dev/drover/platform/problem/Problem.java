package dev.drover.platform.problem;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of every error answer: RFC 9457 with {@code code}, {@code traceId} and, for input, {@code violations}. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String traceId,
        List<Violation> violations,
        @JsonAnyGetter Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ServiceException fault, String path, String traceId) {
        ErrorCode error = fault.error();
        // What went wrong inside is for the log; a client learns no more than that it was us.
        String shown = error.kind() == ErrorKind.INTERNAL
                ? "The request could not be completed. Quote the traceId."
                : fault.getMessage();
        return new Problem(
                error.type(),
                error.title(),
                error.kind().status(),
                shown,
                path,
                error.code(),
                traceId,
                fault.violations(),
                fault.members());
    }
}

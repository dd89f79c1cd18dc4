package dev.drover.platform.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.drover.platform.redis.StoreUnavailableException;

/** Every way a request can end badly inside Jakarta REST, and the problem it becomes. */
final class ProblemMappers {

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private final ProblemRenderer problems;

    ProblemMappers(ProblemRenderer problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper
    Response serviceException(ServiceException e, RoutingContext request) {
        return problems.toResponse(request, e);
    }

    @ServerExceptionMapper
    Response storeUnavailable(StoreUnavailableException e, RoutingContext request) {
        return problems.toResponse(request, e);
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e, RoutingContext request) {
        return problems.toResponse(request, PlatformError.UNAUTHENTICATED, "Send an access token or a session cookie.");
    }

    @ServerExceptionMapper
    Response authenticationFailed(AuthenticationFailedException e, RoutingContext request) {
        return e.getCause() == null
                ? problems.toResponse(request, PlatformError.TOKEN_INVALID, "The credentials could not be verified.")
                : problems.toResponse(request, e);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, RoutingContext request) {
        return problems.toResponse(request, PlatformError.FORBIDDEN, "The caller lacks the role for this.");
    }

    @ServerExceptionMapper
    Response constraintViolation(ConstraintViolationException e, RoutingContext request) {
        List<Violation> violations = e.getConstraintViolations().stream()
                .map(ProblemMappers::violation)
                .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
                .toList();
        return problems.toResponse(request, ServiceException.invalid(violations));
    }

    @ServerExceptionMapper
    Response unreadableMember(MismatchedInputException e, RoutingContext request) {
        String pointer = pointer(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("none");
            return problems.toResponse(
                    request,
                    ServiceException.unknownFields(
                            List.of(new Violation(pointer, "is not known here; known are: " + known))));
        }
        if (pointer.isEmpty()) {
            return problems.toResponse(request, PlatformError.MALFORMED_JSON, "A JSON object is expected as body.");
        }
        return problems.toResponse(request, ServiceException.invalid(pointer, expected(e)));
    }

    @ServerExceptionMapper
    Response webApplication(WebApplicationException e, RoutingContext request) {
        if (e.getCause() instanceof MismatchedInputException mismatch) {
            return unreadableMember(mismatch, request);
        }
        if (e.getCause() instanceof JsonProcessingException malformed) {
            return problems.toResponse(
                    request, PlatformError.MALFORMED_JSON, fault(malformed) + at(malformed.getLocation()) + ".");
        }
        int status = e.getResponse().getStatus();
        if (status == 404 && e.getCause() != null) {
            // Jakarta REST calls a parameter that cannot be converted "not found", and does not say which one it was.
            return problems.toResponse(
                    request,
                    ServiceException.invalid(
                            "query", "has a parameter of the wrong type: numbers are written in digits alone"));
        }
        if (status < 400) {
            return e.getResponse();
        }
        Response response = problems.toResponse(request, ProblemRoutes.byStatus(status));
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    @ServerExceptionMapper
    Response anythingElse(Exception e, RoutingContext request) {
        return problems.toResponse(request, e);
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            boolean insideBody = node.getKind() == ElementKind.PROPERTY
                    || node.getKind() == ElementKind.CONTAINER_ELEMENT
                    || node.getKind() == ElementKind.PARAMETER && node.getIndex() != null;
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(node.getKey());
            }
            if (insideBody && node.getName() != null && !node.getName().startsWith("<")) {
                pointer.append('/').append(node.getName());
            }
        }
        if (pointer.isEmpty()) {
            // A path, query or header parameter: the last node carries its name.
            for (Path.Node node : violation.getPropertyPath()) {
                pointer.setLength(0);
                pointer.append(node.getName());
            }
        }
        return new Violation(pointer.toString(), violation.getMessage());
    }

    private static String pointer(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            pointer.append('/')
                    .append(step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName());
        }
        return pointer.toString();
    }

    private static String expected(MismatchedInputException e) {
        Class<?> target = e.getTargetType();
        if (target == null) {
            return "must be of another type; the API's document says which";
        }
        if (target.isEnum()) {
            return "must be one of " + List.of(target.getEnumConstants());
        }
        if (target == String.class) {
            return "must be a string";
        }
        if (target == Duration.class) {
            return "must be an ISO-8601 duration such as PT2S";
        }
        if (target == Instant.class) {
            return "must be a time such as 2026-01-31T12:00:00Z";
        }
        if (WHOLE_NUMBERS.contains(target)) {
            return "must be an integer from " + range(target);
        }
        if (Number.class.isAssignableFrom(target) || target.isPrimitive() && target != boolean.class) {
            return "must be a number";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "must be true or false";
        }
        if (ObjectNode.class == target || Map.class.isAssignableFrom(target) || target.isRecord()) {
            return "must be an object";
        }
        if (Iterable.class.isAssignableFrom(target) || target.isArray()) {
            return "must be an array";
        }
        return "must be of another type or form; the API's document says which";
    }

    private static String range(Class<?> target) {
        return target == int.class || target == Integer.class
                ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                : Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }

    private static String fault(JsonProcessingException malformed) {
        String message = String.valueOf(malformed.getOriginalMessage());
        if (message.startsWith("Duplicate field")) {
            return "A member is named twice";
        }
        return malformed instanceof StreamConstraintsException ? "Nested too deep, or a number too long," : "Not valid JSON";
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}

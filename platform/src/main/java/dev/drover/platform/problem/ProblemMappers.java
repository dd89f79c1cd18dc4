package dev.drover.platform.problem;

import java.util.List;
import java.util.Optional;

import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.drover.platform.http.ResourceMap;
import dev.drover.platform.redis.StoreUnavailableException;

/** Every way a request can end badly inside Jakarta REST, and the problem it becomes. */
final class ProblemMappers {

    private static final String ACCEPT_PATCH = "Accept-Patch";

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
                .map(ConstraintFaults::violation)
                .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
                .toList();
        return problems.toResponse(request, ServiceException.invalid(violations));
    }

    /** Of a body that {@link JsonBodyReader} does not read. */
    @ServerExceptionMapper
    Response unreadable(JsonProcessingException e, RoutingContext request) {
        return problems.toResponse(request, JsonFaults.of(e));
    }

    @ServerExceptionMapper
    Response webApplication(WebApplicationException e, RoutingContext request) {
        if (e.getCause() instanceof ServiceException known) {
            return problems.toResponse(request, known);
        }
        if (e.getCause() instanceof JsonProcessingException unreadable) {
            return unreadable(unreadable, request);
        }
        int status = e.getResponse().getStatus();
        if (status == 404 && e.getCause() != null) {
            // Jakarta REST calls a parameter that cannot be converted "not found"; of a number its converter says more.
            return problems.toResponse(
                    request,
                    ServiceException.invalid(
                            "query", "has a parameter of the wrong type: numbers are written in digits alone"));
        }
        if (status < 400) {
            return e.getResponse();
        }
        String path = request.normalizedPath();
        String method = request.request().method().name();
        // The class it chose by the path may have nothing there at all, where another one has.
        int told = status == 404 && ResourceMap.ofTheApplication().lacks(path, method) ? 405 : status;
        Response response = problems.toResponse(request, ProblemRoutes.byStatus(told));
        return hint(told, path, method)
                .map(known -> Response.fromResponse(response)
                        .header(known.field(), known.value())
                        .build())
                .orElse(response);
    }

    /** What would have been right, in the field that is there to say it. */
    private static Optional<Hint> hint(int status, String path, String method) {
        ResourceMap resources = ResourceMap.ofTheApplication();
        return switch (status) {
            case 405 -> resources.allow(path).map(methods -> new Hint(HttpHeaders.ALLOW, methods));
            case 415 -> {
                String field = method.equals(HttpMethod.PATCH) ? ACCEPT_PATCH : HttpHeaders.ACCEPT;
                yield resources.consumed(path, method).map(types -> new Hint(field, types));
            }
            default -> Optional.empty();
        };
    }

    private record Hint(String field, String value) {}

    @ServerExceptionMapper
    Response anythingElse(Exception e, RoutingContext request) {
        return problems.toResponse(request, e);
    }
}

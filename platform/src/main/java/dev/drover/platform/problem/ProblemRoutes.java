package dev.drover.platform.problem;

import java.util.Map;

import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.http.RequestHeadConfig;
import dev.drover.platform.http.ResourceMap;
import dev.drover.platform.http.UnreadBody;

/** What never reaches Jakarta REST (an unknown path, a body over the limit, a failed upgrade) ends in the same kind of body. */
final class ProblemRoutes {

    private static final int[] STATUSES = {400, 401, 403, 404, 405, 406, 413, 414, 415, 431, 500, 503};

    /** After what names the instance, before anything that answers. */
    private static final int HEAD = 900;

    private final ProblemRenderer problems;
    private final RequestHeadConfig head;

    ProblemRoutes(ProblemRenderer problems, RequestHeadConfig head) {
        this.problems = problems;
        this.head = head;
    }

    void refuseWhatIsTooLarge(@Observes Filters filters) {
        filters.register(this::checkSizes, HEAD);
    }

    private void checkSizes(RoutingContext request) {
        if (request.request().uri().length() > head.targetMax().asLongValue()) {
            refuse(request, 414);
        } else if (fieldBytes(request.request().headers()) > head.fieldsMax().asLongValue()) {
            refuse(request, 431);
        } else {
            request.next();
        }
    }

    private void refuse(RoutingContext request, int status) {
        UnreadBody.closeAfterAnswer(request);
        problems.send(request, byStatus(status));
    }

    /** Each with the colon, the space and the end of its line. */
    private static long fieldBytes(MultiMap fields) {
        long bytes = 0;
        for (Map.Entry<String, String> field : fields) {
            bytes += field.getKey().length() + field.getValue().length() + 4L;
        }
        return bytes;
    }

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, request -> send(request, status));
        }
        // Ahead of Quarkus's own handler, which stands last and knows none of our exceptions.
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(this::failed);
    }

    private void failed(RoutingContext request) {
        if (ProblemRenderer.isKnown(request.failure())) {
            problems.send(request, request.failure());
        } else {
            request.next();
        }
    }

    private void send(RoutingContext request, int status) {
        Throwable failure = request.failure();
        ResourceMap resources = ResourceMap.ofTheApplication();
        String path = request.normalizedPath();
        if (status == 404 && resources.lacks(path, request.request().method().name())) {
            resources.allow(path).ifPresent(methods -> request.response().putHeader(HttpHeaders.ALLOW, methods));
            problems.send(request, byStatus(405));
            return;
        }
        boolean saysMore = failure != null && (status == 500 || ProblemRenderer.isKnown(failure));
        problems.send(request, saysMore ? failure : byStatus(status));
    }

    static ServiceException byStatus(int status) {
        return new ServiceException(errorFor(status), detailFor(status));
    }

    private static ErrorCode errorFor(int status) {
        return switch (status) {
            case 401 -> PlatformError.UNAUTHENTICATED;
            case 403 -> PlatformError.FORBIDDEN;
            case 404 -> PlatformError.NOT_FOUND;
            case 405 -> PlatformError.METHOD_NOT_ALLOWED;
            case 406 -> PlatformError.NOT_ACCEPTABLE;
            case 409 -> PlatformError.CONFLICT;
            case 412 -> PlatformError.PRECONDITION_FAILED;
            case 413 -> PlatformError.BODY_TOO_LARGE;
            case 414 -> PlatformError.URI_TOO_LONG;
            case 415 -> PlatformError.UNSUPPORTED_MEDIA_TYPE;
            case 428 -> PlatformError.PRECONDITION_REQUIRED;
            case 431 -> PlatformError.HEADERS_TOO_LARGE;
            case 503 -> PlatformError.OVERLOADED;
            default -> status >= 500 ? PlatformError.INTERNAL : PlatformError.BAD_REQUEST;
        };
    }

    private static String detailFor(int status) {
        return switch (status) {
            case 404 -> "No resource has this path.";
            case 405 -> "The resource is there and takes the methods that Allow names.";
            case 406 -> "Answers are application/json.";
            case 415 -> "Send what Accept names, or Accept-Patch for a PATCH.";
            default -> errorFor(status).title() + ".";
        };
    }
}

package dev.drover.openapi;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problem;

/** Error answers: one per status, with the codes that can come with it. What many operations share is a component. */
final class ProblemResponses {

    /** What any operation that needs a caller may answer. */
    static final Set<PlatformError> BAD_CREDENTIALS = EnumSet.of(
            PlatformError.UNAUTHENTICATED,
            PlatformError.TOKEN_INVALID,
            PlatformError.TOKEN_ALGORITHM_REFUSED,
            PlatformError.TOKEN_KEY_UNKNOWN,
            PlatformError.TOKEN_ISSUER_WRONG,
            PlatformError.TOKEN_AUDIENCE_WRONG,
            PlatformError.TOKEN_NOT_YET_VALID,
            PlatformError.TOKEN_EXPIRED,
            PlatformError.SESSION_EXPIRED,
            PlatformError.SESSION_REVOKED);

    private static final Map<String, Set<PlatformError>> COMPONENTS = components();

    private static Map<String, Set<PlatformError>> components() {
        Map<String, Set<PlatformError>> shared = new TreeMap<>();
        shared.put("BadRequest", Set.of(PlatformError.BAD_REQUEST));
        shared.put("InvalidKey", Set.of(PlatformError.BAD_REQUEST, PlatformError.IDEMPOTENCY_KEY_INVALID));
        shared.put("InvalidParameter", Set.of(PlatformError.BAD_REQUEST, PlatformError.VALIDATION_FAILED));
        shared.put(
                "InvalidRequest",
                Set.of(
                        PlatformError.BAD_REQUEST,
                        PlatformError.MALFORMED_JSON,
                        PlatformError.UNKNOWN_FIELD,
                        PlatformError.VALIDATION_FAILED,
                        PlatformError.IDEMPOTENCY_KEY_INVALID));
        shared.put("Unauthenticated", BAD_CREDENTIALS);
        shared.put("CrossSite", Set.of(PlatformError.CROSS_SITE_REQUEST));
        shared.put("Forbidden", Set.of(PlatformError.FORBIDDEN));
        shared.put("ForbiddenOrCrossSite", Set.of(PlatformError.FORBIDDEN, PlatformError.CROSS_SITE_REQUEST));
        shared.put("NotAcceptable", Set.of(PlatformError.NOT_ACCEPTABLE));
        shared.put("PreconditionFailed", Set.of(PlatformError.PRECONDITION_FAILED));
        shared.put("BodyTooLarge", Set.of(PlatformError.BODY_TOO_LARGE));
        shared.put("UnsupportedMediaType", Set.of(PlatformError.UNSUPPORTED_MEDIA_TYPE));
        shared.put("KeyInUse", Set.of(PlatformError.IDEMPOTENCY_KEY_IN_USE));
        shared.put("KeyReused", Set.of(PlatformError.IDEMPOTENCY_KEY_REUSED));
        shared.put("PreconditionRequired", Set.of(PlatformError.PRECONDITION_REQUIRED));
        shared.put("RateLimited", Set.of(PlatformError.RATE_LIMITED));
        shared.put("InternalError", Set.of(PlatformError.INTERNAL));
        shared.put(
                "Unavailable",
                Set.of(
                        PlatformError.STORE_UNAVAILABLE,
                        PlatformError.STORE_FULL,
                        PlatformError.STORE_READ_ONLY,
                        PlatformError.OVERLOADED));
        return shared;
    }

    void addComponents(ObjectNode document) {
        ObjectNode responses = document.withObject("/components/responses");
        COMPONENTS.forEach((name, codes) -> responses.set(name, response(sorted(codes), "/jobs")));
    }

    void addTo(ObjectNode operation, String path, List<ErrorCode> codes) {
        Map<Integer, Set<ErrorCode>> byStatus = new TreeMap<>();
        codes.forEach(code -> byStatus.computeIfAbsent(code.kind().status(), status -> sorted(Set.of()))
                .add(code));
        ObjectNode responses = operation.withObject("/responses");
        byStatus.forEach((status, together) -> responses.set(
                status.toString(),
                COMPONENTS.entrySet().stream()
                        .filter(shared -> shared.getValue().equals(together))
                        .findFirst()
                        .map(shared -> reference("#/components/responses/" + shared.getKey()))
                        .orElseGet(() -> response(together, path))));
    }

    private static Set<ErrorCode> sorted(Set<? extends ErrorCode> codes) {
        Set<ErrorCode> sorted = new TreeSet<>((a, b) -> a.code().compareTo(b.code()));
        sorted.addAll(codes);
        return sorted;
    }

    private static ObjectNode response(Set<ErrorCode> codes, String path) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        Map<String, String> lines = new LinkedHashMap<>();
        codes.forEach(code -> lines.put(code.code(), "`" + code.code() + "`: " + code.title()));
        response.put("description", String.join("  \n", lines.values()));
        ErrorKind kind = codes.iterator().next().kind();
        ObjectNode headers = response.putObject("headers");
        sharedHeaders(headers);
        if (kind == ErrorKind.UNAUTHENTICATED) {
            header(headers, "WWW-Authenticate");
        }
        if (kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.TOO_MANY_REQUESTS) {
            header(headers, "Retry-After");
        }
        if (codes.contains(PlatformError.IDEMPOTENCY_KEY_IN_USE)) {
            headers.set("Retry-After", reference("#/components/headers/Retry-After-If-In-Use"));
        }
        ObjectNode content = response.putObject("content").putObject(Problem.MEDIA_TYPE);
        var both = content.putObject("schema").putArray("allOf");
        both.add(reference("#/components/schemas/Problem"));
        ObjectNode narrowed = both.addObject().putObject("properties");
        narrowed.putObject("status").put("const", kind.status());
        var words = narrowed.putObject("code").putArray("enum");
        ObjectNode examples = content.putObject("examples");
        for (ErrorCode code : codes) {
            words.add(code.code());
            examples.putObject(code.code()).set("value", example(code, path));
        }
        return response;
    }

    private static ObjectNode example(ErrorCode code, String path) {
        ObjectNode example = JsonNodeFactory.instance
                .objectNode()
                .put("type", code.type().toString())
                .put("title", code.title())
                .put("status", code.kind().status())
                .put("instance", path.replaceAll("\\{[^}]*}", "…"))
                .put("code", code.code())
                .put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        if (code == PlatformError.VALIDATION_FAILED) {
            example.putArray("violations").addObject().put("pointer", "/email").put("message", "must not be blank");
        }
        if (code == PlatformError.RATE_LIMITED) {
            example.putArray("violated-policies").add("read");
        }
        if (code.code().equals("queue_full")) {
            example.put("depth", 1_000_000).put("depthMax", 1_000_000);
        }
        if (code == PlatformError.UNKNOWN_FIELD) {
            example.putArray("violations")
                    .addObject()
                    .put("pointer", "/colour")
                    .put("message", "is not known here; known are: email, password");
        }
        return example;
    }

    /** On every answer of a service, good or bad. */
    static void sharedHeaders(ObjectNode headers) {
        header(headers, "X-Request-Id");
        header(headers, "X-Served-By");
        header(headers, "RateLimit-Policy");
        header(headers, "RateLimit");
    }

    static void header(ObjectNode headers, String name) {
        headers.set(name, reference("#/components/headers/" + name));
    }

    private static ObjectNode reference(String to) {
        return JsonNodeFactory.instance.objectNode().put("$ref", to);
    }
}

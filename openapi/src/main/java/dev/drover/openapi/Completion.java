package dev.drover.openapi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;

/** Adds to each operation what follows from its kind: who may call it, headers both ways, and every way it can fail. */
final class Completion {

    private static final Set<String> SAFE = Set.of("get", "head", "options");
    private static final Set<String> METHODS = Set.of("get", "head", "options", "post", "put", "patch", "delete");
    private static final String KEY = "#/components/parameters/IdempotencyKey";
    private static final String IF_MATCH = "#/components/parameters/IfMatch";
    private static final String IF_NONE_MATCH = "#/components/parameters/IfNoneMatch";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final List<String> CREDENTIALS = List.of("bearer", "sessionCookie");

    private final ErrorCodes codes;
    private final ProblemResponses problems = new ProblemResponses();

    Completion(List<Service> services) throws IOException {
        this.codes = ErrorCodes.of(services);
    }

    ObjectNode complete(ObjectNode document) {
        problems.addComponents(document);
        JsonNode schemas = document.at("/components/schemas");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    complete(path.getKey(), operation.getKey(), (ObjectNode) operation.getValue());
                    if (operation.getKey().equals("post")) {
                        mayLeaveOutBody((ObjectNode) operation.getValue(), schemas);
                    }
                }
            }
        }
        return document;
    }

    private void complete(String path, String method, ObjectNode operation) {
        boolean needsCaller = operation.path(ServiceScan.NEEDS_CALLER).asBoolean() || operation.has("security");
        List<String> roles = texts(operation.path(ServiceScan.ROLES));
        if (method.equals("post")) {
            parameter(operation, KEY);
        }
        // What these headers may be is said once, and a resource may well read them from the request itself.
        refer(operation, "Idempotency-Key", KEY);
        refer(operation, "If-Match", IF_MATCH);
        security(operation, needsCaller, roles);
        answerHeaders(operation, takesKey(operation));
        List<ErrorCode> own = texts(operation.path(ServiceScan.PROBLEMS)).stream()
                .map(code -> codes.named(code, method + " " + path))
                .toList();
        List<ErrorCode> all = Stream.concat(
                        own.stream(), byKind(operation, method, needsCaller, !roles.isEmpty()).stream())
                .distinct()
                .toList();
        problems.addTo(operation, path, all);
        operation.remove(List.of(ServiceScan.NEEDS_CALLER, ServiceScan.ROLES, ServiceScan.PROBLEMS));
    }

    /** A body that needs no member may be left out: the services read it as {@code {}}. */
    private static void mayLeaveOutBody(ObjectNode operation, JsonNode schemas) {
        String name = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText("");
        if (name.startsWith(SCHEMAS)
                && schemas.path(name.substring(SCHEMAS.length()))
                        .path("required")
                        .isEmpty()) {
            ((ObjectNode) operation.get("requestBody")).put("required", false);
        }
    }

    private static List<ErrorCode> byKind(ObjectNode operation, String method, boolean needsCaller, boolean needsRole) {
        List<ErrorCode> kinds = new ArrayList<>(List.of(
                PlatformError.BAD_REQUEST,
                PlatformError.NOT_ACCEPTABLE,
                PlatformError.RATE_LIMITED,
                PlatformError.INTERNAL,
                PlatformError.STORE_UNAVAILABLE,
                PlatformError.STORE_FULL,
                PlatformError.STORE_READ_ONLY,
                PlatformError.OVERLOADED));
        if (needsCaller) {
            kinds.addAll(ProblemResponses.BAD_CREDENTIALS);
            if (!SAFE.contains(method)) {
                kinds.add(PlatformError.CROSS_SITE_REQUEST);
            }
        }
        if (needsRole) {
            kinds.add(PlatformError.FORBIDDEN);
        }
        if (operation.has("requestBody")) {
            kinds.addAll(List.of(
                    PlatformError.MALFORMED_JSON,
                    PlatformError.UNKNOWN_FIELD,
                    PlatformError.VALIDATION_FAILED,
                    PlatformError.BODY_TOO_LARGE,
                    PlatformError.UNSUPPORTED_MEDIA_TYPE));
        }
        if (has(operation, "in", "query") || has(operation, "$ref", IF_MATCH)) {
            kinds.add(PlatformError.VALIDATION_FAILED);
        }
        if (has(operation, "$ref", IF_MATCH) || has(operation, "$ref", IF_NONE_MATCH)) {
            kinds.add(PlatformError.PRECONDITION_FAILED);
        }
        if (has(operation, "$ref", IF_MATCH)) {
            kinds.add(PlatformError.PRECONDITION_REQUIRED);
        }
        if (takesKey(operation)) {
            kinds.add(PlatformError.IDEMPOTENCY_KEY_INVALID);
            kinds.add(PlatformError.IDEMPOTENCY_KEY_REUSED);
        }
        if (method.equals("post")) {
            kinds.add(PlatformError.IDEMPOTENCY_KEY_IN_USE);
        }
        return kinds;
    }

    private static void security(ObjectNode operation, boolean needsCaller, List<String> roles) {
        ArrayNode either = operation.putArray("security");
        if (!needsCaller) {
            return;
        }
        for (String credential : CREDENTIALS) {
            if (roles.isEmpty()) {
                either.addObject().putArray(credential);
            }
            for (String role : roles) {
                either.addObject().putArray(credential).add(role);
            }
        }
        if (!roles.isEmpty()) {
            String sentence = "Needs the role `" + String.join("` or `", roles) + "`.";
            String said = operation.path("description").asText("");
            operation.put("description", said.isEmpty() ? sentence : said + "\n\n" + sentence);
        }
    }

    private static void answerHeaders(ObjectNode operation, boolean takesKey) {
        operation.path("responses").properties().forEach(response -> {
            ObjectNode headers = ((ObjectNode) response.getValue()).withObject("/headers");
            ProblemResponses.sharedHeaders(headers);
            if (takesKey && response.getKey().startsWith("2")) {
                ProblemResponses.header(headers, "Idempotency-Replayed");
            }
        });
    }

    private static boolean takesKey(ObjectNode operation) {
        return has(operation, "$ref", KEY);
    }

    private static boolean has(ObjectNode operation, String member, String value) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path(member).asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void refer(ObjectNode operation, String header, String reference) {
        JsonNode given = operation.path("parameters");
        for (int i = given.size() - 1; i >= 0; i--) {
            if (given.get(i).path("in").asText().equals("header")
                    && given.get(i).path("name").asText().equals(header)) {
                ((ArrayNode) given).remove(i);
                parameter(operation, reference);
            }
        }
    }

    private static void parameter(ObjectNode operation, String reference) {
        if (!has(operation, "$ref", reference)) {
            operation.withArray("parameters").addObject().put("$ref", reference);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}

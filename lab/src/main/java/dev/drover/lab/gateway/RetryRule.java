package dev.drover.lab.gateway;

import java.util.Set;
import java.util.UUID;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** When a request may be sent to another instance although the first may have acted on it. */
final class RetryRule {
    private static final String KEY = "Idempotency-Key";
    private static final int CONFLICT = 409;

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    /** Conditional on a version: repeated without a key, the second attempt would be told that the first one changed it (ADR 0006). */
    private static final Set<HttpMethod> CONDITIONAL = Set.of(HttpMethod.PUT, HttpMethod.PATCH);

    private RetryRule() {}

    /** Names the intention of a conditional write whose client did not, so that all attempts of this one request are known as one. */
    static void name(HttpMethod method, MultiMap headers) {
        if (CONDITIONAL.contains(method) && !headers.contains(KEY)) {
            headers.set(KEY, UUID.randomUUID().toString());
        }
    }

    static boolean mayRepeat(HttpMethod method, MultiMap headers) {
        return IDEMPOTENT.contains(method) || headers.contains(KEY);
    }

    /**
     * Whether an instance says that another attempt at the same request still has the key. When that attempt was lost with its instance,
     * it is nobody's, and the key is free again within its lease.
     */
    static boolean isStillTaken(int status, MultiMap headers) {
        return status == CONFLICT && headers.contains("Retry-After");
    }
}

package dev.drover.platform.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.ratelimit.Decision.Allowed;
import dev.drover.platform.ratelimit.Decision.Limited;
import dev.drover.platform.ratelimit.Decision.ShadowLimited;
import dev.drover.platform.ratelimit.Decision.Unanswered;
import dev.drover.platform.ratelimit.Quota.Mode;

/**
 * What was decided about one request, and the header fields that say so (draft-ietf-httpapi-ratelimit-headers-11): every policy in
 * {@code RateLimit-Policy}, the one that leaves least in {@code RateLimit}. They are put on the answer as soon as they are known, so that
 * whatever ends the request carries them. A policy in shadow is not shown: clients are not to behave by it.
 */
final class RateLimitFields {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    private static final String KEY = RateLimitFields.class.getName();

    private final MultiMap headers;
    private final List<Decision> decisions = new ArrayList<>();

    RateLimitFields(MultiMap headers) {
        this.headers = headers;
    }

    static RateLimitFields of(RoutingContext request) {
        RateLimitFields known = request.get(KEY);
        if (known != null) {
            return known;
        }
        RateLimitFields fields = new RateLimitFields(request.response().headers());
        request.put(KEY, fields);
        return fields;
    }

    void add(Decision decision) {
        decisions.add(decision);
        if (decision.policy().mode() == Mode.ENFORCE) {
            headers.set(POLICY, policies());
            leastLeft().ifPresent(standing -> headers.set(LIMIT, standing));
        }
    }

    List<Allowed> allowed() {
        return decisions.stream()
                .filter(Allowed.class::isInstance)
                .map(Allowed.class::cast)
                .toList();
    }

    private String policies() {
        return decisions.stream()
                .map(Decision::policy)
                .filter(policy -> policy.mode() == Mode.ENFORCE)
                .map(policy -> "\"%s\";q=%d;w=%d"
                        .formatted(
                                policy.name(),
                                policy.quota().units(),
                                policy.quota().window().toSeconds()))
                .collect(Collectors.joining(", "));
    }

    private Optional<String> leastLeft() {
        return decisions.stream()
                .filter(decision -> decision.policy().mode() == Mode.ENFORCE)
                .flatMap(decision ->
                        standing(decision)
                                .map(standing -> new Shown(decision.policy().name(), standing))
                                .stream())
                .min(Comparator.comparing((Shown shown) -> shown.standing().retryAfter(), Comparator.reverseOrder())
                        .thenComparing(shown -> shown.standing().remaining()))
                .map(Shown::toString);
    }

    private static Optional<Standing> standing(Decision decision) {
        return switch (decision) {
            case Allowed allowed -> Optional.of(allowed.standing());
            case Limited limited -> Optional.of(limited.standing());
            case ShadowLimited limited -> Optional.of(limited.standing());
            case Unanswered unanswered -> Optional.empty();
        };
    }

    private record Shown(String name, Standing standing) {

        @Override
        public String toString() {
            return "\"%s\";r=%d;t=%d".formatted(name, standing.remaining(), seconds(standing.reset()));
        }

        private static long seconds(Duration duration) {
            return duration.plusSeconds(1).minusNanos(1).toSeconds();
        }
    }
}

package dev.drover.platform.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
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
 * What was decided about one request, and the header fields that say so (draft-ietf-httpapi-ratelimit-headers-11): every policy of the
 * operation in {@code RateLimit-Policy}, the one that leaves least in {@code RateLimit}, unless the caller is refused as such. They are put
 * on the answer as soon as they are known, so that whatever ends the request carries them. A policy in shadow is not shown: clients are not
 * to behave by it.
 */
final class RateLimitFields {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    private static final String KEY = RateLimitFields.class.getName();

    private final MultiMap headers;
    private final List<Policy> policies = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private boolean isWithheld;

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

    synchronized boolean isDeclared() {
        return !policies.isEmpty();
    }

    /** What requests of the operation are counted by, whether or not it comes to that in this one. */
    synchronized void declare(List<Policy> ofTheOperation) {
        ofTheOperation.stream().filter(policy -> !policies.contains(policy)).forEach(policies::add);
        String shown = policies.stream()
                .filter(policy -> policy.mode() == Mode.ENFORCE)
                .map(RateLimitFields::shown)
                .collect(Collectors.joining(", "));
        if (!shown.isEmpty()) {
            headers.set(POLICY, shown);
        }
    }

    /** @return false when it comes too late: the caller was refused, and what was taken is to be given back */
    synchronized boolean add(Decision decision) {
        if (!policies.contains(decision.policy())) {
            throw new IllegalStateException(
                    "@RateLimited does not name " + decision.policy().routeClass());
        }
        if (isWithheld) {
            return false;
        }
        decisions.add(decision);
        if (decision.policy().mode() == Mode.ENFORCE) {
            leastLeft().ifPresent(standing -> headers.set(LIMIT, standing));
        }
        return true;
    }

    /** The caller is refused as such, and learns nothing of whose credentials they are. Returns what was taken. */
    synchronized List<Allowed> withhold() {
        isWithheld = true;
        headers.remove(LIMIT);
        return allowed();
    }

    synchronized List<Allowed> allowed() {
        return decisions.stream()
                .filter(Allowed.class::isInstance)
                .map(Allowed.class::cast)
                .toList();
    }

    private static String shown(Policy policy) {
        return "\"" + policy.name() + "\";q=" + policy.quota().units() + ";w="
                + policy.quota().window().toSeconds();
    }

    private Optional<String> leastLeft() {
        Shown least = null;
        for (Decision decision : decisions) {
            Optional<Standing> standing =
                    decision.policy().mode() == Mode.ENFORCE ? standing(decision) : Optional.empty();
            if (standing.isPresent()) {
                Shown next = new Shown(decision.policy().name(), standing.get());
                least = least == null || next.leavesLessThan(least) ? next : least;
            }
        }
        return Optional.ofNullable(least).map(Shown::toString);
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

        /** Whoever has to wait longest, then who has fewest units. */
        boolean leavesLessThan(Shown other) {
            int longer = standing.retryAfter().compareTo(other.standing.retryAfter());
            return longer > 0 || longer == 0 && standing.remaining() < other.standing.remaining();
        }

        @Override
        public String toString() {
            return "\"" + name + "\";r=" + standing.remaining() + ";t=" + seconds(standing.reset());
        }

        private static long seconds(Duration duration) {
            return duration.plusSeconds(1).minusNanos(1).toSeconds();
        }
    }
}

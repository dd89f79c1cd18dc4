package dev.drover.platform.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.Decision.Allowed;
import dev.drover.platform.ratelimit.Decision.Limited;
import dev.drover.platform.ratelimit.Decision.ShadowLimited;
import dev.drover.platform.ratelimit.Decision.Unanswered;
import dev.drover.platform.ratelimit.Quota.Mode;
import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;

/** Decides whether a subject may have one more of something, over all instances, and counts what it decided. */
@Singleton
public final class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);
    private static final String DECISIONS = "drover.rate_limit.decisions";

    private final Policies policies;
    private final Quotas quotas;
    private final MeterRegistry meters;

    @ProcessLocal(because = "what this process counts and is asked for; as many as there are policies and outcomes")
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    private record Counted(String policy, String outcome) {}

    RateLimiter(Policies policies, Quotas quotas, MeterRegistry meters) {
        this.policies = policies;
        this.quotas = quotas;
        this.meters = meters;
    }

    /**
     * For what is no HTTP request, such as a frame on a WebSocket. Blocks for one call to Redis at most.
     *
     * @throws ServiceException {@code rate_limited} with the time to wait, or {@code store_unavailable} where the policy is closed
     */
    public void charge(RouteClass routeClass, Subject subject) {
        Optional<Policy> policy = policies.of(routeClass);
        if (policy.isPresent()) {
            refusal(take(policy.get(), subject).await().indefinitely()).ifPresent(refused -> {
                throw refused;
            });
        }
    }

    Uni<Decision> take(Policy policy, Subject subject) {
        return quotas.take(policy, subject)
                .map(standing -> decide(policy, subject, standing))
                .onFailure(StoreUnavailableException.class)
                .recoverWithItem(failure -> new Unanswered(policy, failure))
                .invoke(this::count);
    }

    /** For a request another policy refuses. When it is lost the subject has one unit less until it grows back. */
    Uni<Void> giveBack(Allowed allowed) {
        return quotas.giveBack(allowed.policy(), allowed.subject())
                .replaceWithVoid()
                .onFailure(StoreUnavailableException.class)
                .recoverWithNull();
    }

    private static Decision decide(Policy policy, Subject subject, Standing standing) {
        if (standing.allowed()) {
            return new Allowed(policy, subject, standing);
        }
        return policy.mode() == Mode.SHADOW ? new ShadowLimited(policy, standing) : new Limited(policy, standing);
    }

    private void count(Decision decision) {
        counters.computeIfAbsent(new Counted(decision.policy().name(), decision.outcome()), this::counter)
                .increment();
        if (decision instanceof Unanswered unanswered) {
            LOG.debugf("limit %s: %s (%s)", decision.policy().name(), decision.outcome(), unanswered.cause());
        }
    }

    private Counter counter(Counted of) {
        return meters.counter(DECISIONS, "policy", of.policy(), "outcome", of.outcome());
    }

    /** What a request that was decided like this ends with, if it does not go on. */
    static Optional<ServiceException> refusal(Decision decision) {
        return switch (decision) {
            case Allowed allowed -> Optional.empty();
            case ShadowLimited counted -> Optional.empty();
            case Limited limited ->
                Optional.of(new ServiceException(
                        PlatformError.RATE_LIMITED,
                        "Wait as long as Retry-After says, and space requests as RateLimit-Policy allows.",
                        limited.standing().retryAfter(),
                        Map.of("violated-policies", List.of(limited.policy().name()))));
            case Unanswered unanswered ->
                unanswered.policy().withoutAnswer() == WithoutAnswer.OPEN
                                || unanswered.policy().mode() == Mode.SHADOW
                        ? Optional.empty()
                        : Optional.of(new ServiceException(
                                PlatformError.STORE_UNAVAILABLE, "Redis does not answer at the moment."));
        };
    }
}

package dev.drover.platform.ratelimit;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;

import dev.drover.platform.http.ClientAddresses;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.Decision.Allowed;

/**
 * All limits of one HTTP request. They are asked one after the other, and when one refuses, what the earlier ones gave is given back:
 * each has a key in a slot of its own, so that no script could ask them together, and a unit too few for a moment does less harm than one
 * too many.
 */
@Singleton
public final class RequestLimits {

    private final Policies policies;
    private final RateLimiter limiter;
    private final CurrentVertxRequest current;
    private final ClientAddresses addresses;

    RequestLimits(Policies policies, RateLimiter limiter, CurrentVertxRequest current, ClientAddresses addresses) {
        this.policies = policies;
        this.limiter = limiter;
        this.current = current;
        this.addresses = addresses;
    }

    /**
     * For a resource whose subject stands in the body. Blocks, so it is for virtual threads.
     *
     * @throws ServiceException {@code rate_limited} with the time to wait, or {@code store_unavailable} where the policy is closed
     */
    public void charge(RouteClass routeClass, Subject subject) {
        Optional<Policy> policy = policies.of(routeClass);
        if (policy.isPresent()) {
            charge(policy.get(), subject, RateLimitFields.of(current.getCurrent()))
                    .await()
                    .indefinitely();
        }
    }

    /** The same, by the network around the client's address. */
    public void chargeNetwork(RouteClass routeClass) {
        charge(
                routeClass,
                Subject.address(addresses.of(current.getCurrent().request()).wideNetwork()));
    }

    /** Fails with what the request ends with; the answer says either way where the subject stands. */
    Uni<Void> charge(Policy policy, Subject subject, RateLimitFields fields) {
        return limiter.take(policy, subject).flatMap(decision -> {
            List<Allowed> earlier = fields.allowed();
            if (!fields.add(decision)) {
                return decision instanceof Allowed late
                        ? limiter.giveBack(late)
                        : Uni.createFrom().voidItem();
            }
            return RateLimiter.refusal(decision)
                    .map(refused -> giveBack(earlier).onItem().transformToUni(done -> Uni.createFrom()
                            .<Void>failure(refused)))
                    .orElseGet(() -> Uni.createFrom().voidItem());
        });
    }

    /** For a request that was not let in. When it is lost the subject has units less until they grow back. */
    Uni<Void> giveBack(List<Allowed> taken) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Allowed allowed : taken) {
            all = all.flatMap(done -> limiter.giveBack(allowed));
        }
        return all;
    }
}

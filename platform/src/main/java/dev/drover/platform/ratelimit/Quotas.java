package dev.drover.platform.ratelimit;

import io.smallrye.mutiny.Uni;

/**
 * What is left of each subject's quota, one truth for all instances. Every call is one atomic step; calls for one subject and policy are
 * put in some order, and together they give out what a single instance would (E-7). Asynchronous, because limits are asked on event loops.
 * Fails with {@link dev.drover.platform.redis.StoreUnavailableException}; then a unit may or may not have changed hands, and a call is
 * never repeated: a unit too few does less harm than one too many.
 */
interface Quotas {

    /** Takes one unit, or nothing when there is none. For an open policy it fails by itself after {@link RateLimitConfig#openTimeout}. */
    Uni<Standing> take(Policy policy, Subject subject);

    /** Puts back what {@link #take} gave, for a request that was refused all the same. Fails after {@link RateLimitConfig#openTimeout}. */
    Uni<Standing> giveBack(Policy policy, Subject subject);
}

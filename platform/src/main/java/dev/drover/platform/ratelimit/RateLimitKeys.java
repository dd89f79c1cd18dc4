package dev.drover.platform.ratelimit;

/** One key for each policy and subject, in a slot of its own: so no two subjects wait for each other in a cluster. */
final class RateLimitKeys {

    private RateLimitKeys() {}

    static String arrival(RouteClass routeClass, Subject subject) {
        return "drover:{rate:" + routeClass.wireName() + ":" + subject.hash() + "}";
    }
}

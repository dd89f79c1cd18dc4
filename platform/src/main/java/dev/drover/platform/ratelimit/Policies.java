package dev.drover.platform.ratelimit;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.ratelimit.Quota.Mode;

/** The limits in force, the same on every instance. */
@Singleton
final class Policies {

    private final RateLimitConfig config;

    Policies(RateLimitConfig config) {
        this.config = config;
    }

    /** Empty when the limit is off. */
    Optional<Policy> of(RouteClass routeClass) {
        return Optional.of(new Policy(routeClass, quota(routeClass))).filter(policy -> policy.mode() != Mode.OFF);
    }

    private Quota quota(RouteClass routeClass) {
        return switch (routeClass) {
            case LOGIN -> config.login();
            case LOGIN_ACCOUNT -> config.loginAccount();
            case SIGNUP -> config.signup();
            case SIGNUP_NETWORK -> config.signupNetwork();
            case MAIL -> config.mail();
            case READ -> config.read();
            case WRITE -> config.write();
            case UPLOAD -> config.upload();
            case PUBLISH -> config.publish();
            case ENQUEUE -> config.enqueue();
            case EVALUATE -> config.evaluate();
            case WORK -> config.work();
        };
    }
}

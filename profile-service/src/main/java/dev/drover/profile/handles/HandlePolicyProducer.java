package dev.drover.profile.handles;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the policy once, at start, so that the rules do not depend on where configuration comes from. */
final class HandlePolicyProducer {

    @Produces
    @Singleton
    HandlePolicy policy(HandleConfig config) {
        return new HandlePolicy(config.reservation(), config.reservedMax(), config.claimGrace());
    }
}

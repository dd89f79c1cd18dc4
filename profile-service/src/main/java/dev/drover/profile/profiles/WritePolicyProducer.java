package dev.drover.profile.profiles;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the policy once, at start, so that the rules do not depend on where configuration comes from. */
final class WritePolicyProducer {

    @Produces
    @Singleton
    WritePolicy policy(WriteConfig config) {
        return new WritePolicy(config.attemptsMax(), config.remembered());
    }
}

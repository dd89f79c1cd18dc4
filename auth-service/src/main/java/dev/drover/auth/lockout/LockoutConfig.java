package dev.drover.auth.lockout;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** When wrong passwords make an account, or an address, wait. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.lockout")
public interface LockoutConfig {

    AccountRule account();

    /** Of clients' addresses: many people may be behind one. */
    AddressRule address();

    /** From the last attempt on; then all is forgotten. */
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    @WithDefault("PT24H")
    Duration memory();

    /**
     * How long an attempt that is being judged counts as if it had failed, when nobody says what came of it because the instance died. Longer
     * than any log-in takes, with the wait for a hash ({@link dev.drover.auth.password.PasswordConfig.Gate#patience}) and for Redis.
     */
    @DurationMin(seconds = 5)
    @DurationMax(minutes = 10)
    @WithDefault("PT30S")
    Duration judging();

    /** How long whoever has used up what is free waits. */
    @RegisterForReflection
    interface Delays {

        /** After the first one beyond; twice that after the next, and so on. */
        @DurationMin(millis = 1)
        @DurationMax(hours = 1)
        @WithDefault("PT30S")
        Duration delay();

        @DurationMin(millis = 1)
        @DurationMax(hours = 24)
        @WithDefault("PT15M")
        Duration delayMax();
    }

    @RegisterForReflection
    interface AccountRule extends Delays {

        /** Wrong passwords without consequence. */
        @Min(1)
        @Max(100_000)
        @WithDefault("5")
        int free();
    }

    @RegisterForReflection
    interface AddressRule extends Delays {

        /** Wrong passwords without consequence. */
        @Min(1)
        @Max(100_000)
        @WithDefault("100")
        int free();
    }
}

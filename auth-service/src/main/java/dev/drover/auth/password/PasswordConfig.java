package dev.drover.auth.password;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** What a password hash costs, and how many an instance computes at once. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.password")
public interface PasswordConfig {

    Argon2 argon2();

    Gate gate();

    /** OWASP's second recommendation for Argon2id. */
    @RegisterForReflection
    interface Argon2 {

        @Min(8)
        @Max(1_048_576)
        @WithDefault("19456")
        int memoryKibibytes();

        @Min(1)
        @Max(100)
        @WithDefault("2")
        int iterations();

        @Min(1)
        @Max(16)
        @WithDefault("1")
        int parallelism();
    }

    /** Beyond it the answer is 503 with {@code Retry-After}, never an instance out of memory. */
    @RegisterForReflection
    interface Gate {

        /**
         * Hashes computed at once, each with the memory above; 0: as many as the instance has cores, and no more than fit into half of the
         * largest heap it may have.
         */
        @Min(0)
        @Max(256)
        @WithDefault("0")
        int concurrent();

        /** Requests that may wait for their turn. */
        @Min(1)
        @Max(10_000)
        @WithDefault("64")
        int waiting();

        /** How long one request may take from the door to its hash. */
        @DurationMin(millis = 10)
        @WithDefault("PT3S")
        Duration patience();

        /** What a refused client is asked to wait. */
        @DurationMin(seconds = 1)
        @WithDefault("PT2S")
        Duration retryAfter();
    }
}

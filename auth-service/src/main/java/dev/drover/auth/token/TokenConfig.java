package dev.drover.auth.token;

import java.nio.file.Path;
import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** How access tokens are made and their keys are read and published. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.token")
public interface TokenConfig {

    /** The folder with {@code current.pem} and, around a rotation, {@code previous.pem} and {@code standby.pem}. */
    @WithDefault("${JWT_KEYS}")
    Path keys();

    /** The life of an access token. */
    @DurationMin(seconds = 10)
    @DurationMax(hours = 1)
    @WithDefault("PT10M")
    Duration lifetime();

    /** The folder is looked at again after this long; until then the keys in memory count. */
    @DurationMin(millis = 100)
    @WithDefault("PT10S")
    Duration keysMaxAge();

    /** How long others may keep the published keys. A standby key must be in the folder for longer than this before it signs. */
    @DurationMin(seconds = 1)
    @WithDefault("PT5M")
    Duration publishedMaxAge();
}

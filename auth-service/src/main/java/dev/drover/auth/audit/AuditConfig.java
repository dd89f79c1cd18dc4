package dev.drover.auth.audit;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How much of the audit log is kept. Every instance must be told the same: whoever appends trims. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.audit")
public interface AuditConfig {

    /** Entries kept, about 500 bytes each. */
    @Min(1)
    @Max(10_000_000)
    @WithDefault("200000")
    long entriesMax();

    /** Older entries go with the next one appended; network addresses in them are personal data. */
    @DurationMin(seconds = 1)
    @WithDefault("P180D")
    Duration maxAge();

    /** Entries a request for a page reads at most, whether they match or not. */
    @Min(100)
    @Max(100_000)
    @WithDefault("2000")
    int scanMax();

    /** How often each instance looks whether something has yet to be chained; {@code off} for never. */
    @WithDefault("0.5s")
    String every();
}

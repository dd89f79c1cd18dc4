package dev.drover.platform.http;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/**
 * How large the part of a request before its body may be, and how long it may take. The server itself stops reading at several times as much
 * ({@code quarkus.http.limits}), where it can say no more than a bare status.
 */
@RegisterForReflection
@ConfigMapping(prefix = "drover.request-head")
public interface RequestHeadConfig {

    /** Path and query, in bytes as sent; beyond it 414. At least what RFC 9110 asks of a server. */
    @WithDefault("8K")
    MemorySize targetMax();

    /** Names and values of all header fields, in bytes; beyond it 431. */
    @WithDefault("16K")
    MemorySize fieldsMax();

    /** After the first byte of a head, how long until it is whole. One that trickles is cut off then; a connection that is silent ends by the idle time-out. */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration within();
}

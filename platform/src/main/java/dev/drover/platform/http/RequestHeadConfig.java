package dev.drover.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How large the part of a request before its body may be. The server itself stops reading at several times as much
 * ({@code quarkus.http.limits}), where it can say no more than a bare status.
 */
@ConfigMapping(prefix = "drover.request-head")
public interface RequestHeadConfig {

    /** Path and query, in bytes as sent; beyond it 414. At least what RFC 9110 asks of a server. */
    @WithDefault("8K")
    MemorySize targetMax();

    /** Names and values of all header fields, in bytes; beyond it 431. */
    @WithDefault("16K")
    MemorySize fieldsMax();
}

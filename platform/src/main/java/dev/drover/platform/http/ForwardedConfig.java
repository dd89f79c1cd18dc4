package dev.drover.platform.http;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose word about the client's address counts. */
@ConfigMapping(prefix = "drover.forwarded")
public interface ForwardedConfig {

    /** Addresses and networks (CIDR) of proxies, separated by commas. None by default: then the peer is the client, whatever it says. */
    @WithDefault("${TRUSTED_PROXIES:}")
    Optional<String> trustedProxies();

    /** Proxies one behind the other that are followed back at most. */
    @WithDefault("8")
    int hopsMax();
}

package dev.drover.platform.identity;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What makes a token or a cookie acceptable. The same in every service. */
@ConfigMapping(prefix = "drover.identity")
public interface IdentityConfig {

    /** The only issuer whose tokens count. */
    @WithDefault("${JWT_ISSUER}")
    String issuer();

    /** The audience a token must name. */
    @WithDefault("drover")
    String audience();

    /** How far the clocks of two machines may be apart: so much later a token still counts, and so much earlier already. */
    @WithDefault("PT30S")
    Duration clockSkew();

    /** What clients call us by; its scheme decides the cookie's name and its origin is the only one a cookie may come from. */
    @WithDefault("${PUBLIC_BASE_URL}")
    @WithName("public-base-url")
    String publicBaseUrl();

    Jwks jwks();

    /** The soft copy of auth-service's public keys. */
    interface Jwks {

        /** Where the keys are published; not used by auth-service itself. */
        @WithDefault("${JWKS_URL:}")
        java.util.Optional<String> url();

        /** An unknown key id causes one fetch per interval at most. */
        @WithDefault("PT2S")
        Duration minRefreshInterval();

        /** Keys older than this are fetched again in the background; they stay in use when that fails. */
        @WithDefault("PT5M")
        Duration maxAge();

        /** One fetch, connecting included. */
        @WithDefault("PT2S")
        Duration timeout();

        /** More keys than this are not kept. */
        @WithDefault("16")
        int maxKeys();
    }
}

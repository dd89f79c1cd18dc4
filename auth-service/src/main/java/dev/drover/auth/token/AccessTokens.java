package dev.drover.auth.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.IdentityConfig;

/** Signs access tokens: ES256, short-lived, good on every service for as long as their session lives. */
@Singleton
public final class AccessTokens {

    private final SigningKeys keys;
    private final IdentityConfig identity;
    private final Duration lifetime;
    private final Ids ids;
    private final Clock clock;

    AccessTokens(SigningKeys keys, IdentityConfig identity, TokenConfig config, Ids ids, Clock clock) {
        this.keys = keys;
        this.identity = identity;
        this.lifetime = config.lifetime();
        this.ids = ids;
        this.clock = clock;
    }

    public Duration lifetime() {
        return lifetime;
    }

    public String sign(String sub, String sid, Set<String> roles) {
        SigningKey key = keys.current().signing();
        Instant now = clock.instant();
        return Jwt.claims()
                .issuer(identity.issuer())
                .audience(identity.audience())
                .subject(sub)
                .claim("sid", sid)
                .claim("jti", ids.random())
                .groups(roles)
                .issuedAt(now)
                .expiresAt(now.plus(lifetime))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.key());
    }
}

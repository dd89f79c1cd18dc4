package dev.drover.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The rules every access token must meet, for whoever holds the public keys. */
@Singleton
public final class TokenClaims {

    private static final int TOKEN_CHARS_MAX = 4_096;

    private final JWTParser parser = new DefaultJWTParser();
    private final IdentityConfig config;
    private final Clock clock;

    TokenClaims(IdentityConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The key id the token names, before anything in it is trusted. */
    public String keyId(String token) {
        if (token.length() > TOKEN_CHARS_MAX) {
            throw invalid("It is longer than any token of ours.");
        }
        int dot = token.indexOf('.');
        if (dot < 1) {
            throw invalid("It is not a JWT.");
        }
        try {
            JsonObject header = new JsonObject(
                    new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8));
            if (!"ES256".equals(header.getValue("alg")) || !(header.getValue("kid") instanceof String kid)) {
                throw invalid("It must be signed with ES256 and name its key.");
            }
            return kid;
        } catch (IllegalArgumentException | DecodeException e) {
            throw invalid("Its header cannot be read.");
        }
    }

    public VerifiedToken verify(String token, PublicKey key) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo(key, config.issuer());
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        rules.setExpectedAudience(Set.of(config.audience()));
        rules.setClockSkew((int) config.clockSkew().toSeconds());
        rules.setRequiredClaims(Set.of("sub", "sid", "exp", "iat", "jti"));
        try {
            JsonWebToken claims = parser.parse(token, rules);
            if (Instant.ofEpochSecond(claims.getIssuedAtTime())
                    .isAfter(clock.instant().plus(config.clockSkew()))) {
                throw invalid("It was issued in the future.");
            }
            return new VerifiedToken(
                    claims.getSubject(),
                    claims.getClaim("sid"),
                    claims.getGroups(),
                    Instant.ofEpochSecond(claims.getExpirationTime()));
        } catch (ParseException e) {
            throw isExpired(e)
                    ? new ServiceException(PlatformError.TOKEN_EXPIRED, "Refresh it or log in again.")
                    : invalid("Its signature, issuer, audience, time or claims do not hold.");
        }
    }

    private static boolean isExpired(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException jwt && jwt.hasExpired()) {
                return true;
            }
        }
        return false;
    }

    static ServiceException invalid(String why) {
        return new ServiceException(PlatformError.TOKEN_INVALID, why);
    }
}

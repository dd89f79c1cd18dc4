package dev.drover.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The rules every access token must meet, for whoever holds the public keys. */
@Singleton
public final class TokenClaims {

    private static final int TOKEN_CHARS_MAX = 4_096;

    /** Ours has some 90 characters; a longer one is read anew each time. */
    private static final int HEADER_CHARS_KEPT = 256;

    private static final Duration HEADERS_KEPT = Duration.ofMinutes(10);

    private final JWTParser parser = new DefaultJWTParser();
    private final IdentityConfig config;
    private final Clock clock;
    private final VerifiedTokens verified;

    /** All tokens of a key begin alike. What is made up is kept too, and is forgotten like anything else. */
    private final RecentProofs<String> keyIds;

    TokenClaims(IdentityConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.keyIds = new RecentProofs<>(clock, HEADERS_KEPT);
        this.verified = new VerifiedTokens(clock, config.clockSkew());
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
        String header = token.substring(0, dot);
        return keyIds.find(header).orElseGet(() -> {
            String keyId = readKeyId(header);
            if (header.length() <= HEADER_CHARS_KEPT) {
                keyIds.add(header, keyId);
            }
            return keyId;
        });
    }

    private static String readKeyId(String encoded) {
        try {
            JsonObject header =
                    new JsonObject(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
            if (!"ES256".equals(header.getValue("alg"))) {
                throw new ServiceException(PlatformError.TOKEN_ALGORITHM_REFUSED, "It must be signed with ES256.");
            }
            if (!(header.getValue("kid") instanceof String kid)) {
                throw invalid("It must name its key.");
            }
            return kid;
        } catch (IllegalArgumentException | DecodeException e) {
            throw invalid("Its header cannot be read.");
        }
    }

    /** @param key the one that is published under the token's key id now */
    public VerifiedToken verify(String token, PublicKey key) {
        String name = VerifiedTokens.name(token);
        return verified.find(name, key).orElseGet(() -> {
            VerifiedToken fresh = check(token, key);
            verified.add(name, key, fresh);
            return fresh;
        });
    }

    private VerifiedToken check(String token, PublicKey key) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo(key, config.issuer());
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        rules.setExpectedAudience(Set.of(config.audience()));
        rules.setClockSkew((int) config.clockSkew().toSeconds());
        rules.setRequiredClaims(Set.of("sub", "sid", "exp", "iat", "jti"));
        try {
            JsonWebToken claims = parser.parse(token, rules);
            if (Instant.ofEpochSecond(claims.getIssuedAtTime())
                    .isAfter(clock.instant().plus(config.clockSkew()))) {
                throw notYetValid();
            }
            return new VerifiedToken(
                    claims.getSubject(),
                    claims.getClaim("sid"),
                    claims.getGroups(),
                    Instant.ofEpochSecond(claims.getExpirationTime()));
        } catch (ParseException e) {
            throw refusal(e);
        }
    }

    /** Claims are only looked at once the signature holds, so that nobody without a key learns what they should have been. */
    private ServiceException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException jwt) {
                return refusal(jwt);
            }
        }
        return invalid("Its signature or claims do not hold.");
    }

    private ServiceException refusal(InvalidJwtException jwt) {
        if (hasAny(jwt, ErrorCodes.ISSUER_INVALID, ErrorCodes.ISSUER_MISSING)) {
            return new ServiceException(
                    PlatformError.TOKEN_ISSUER_WRONG, "It must be issued by " + config.issuer() + ".");
        }
        if (hasAny(jwt, ErrorCodes.AUDIENCE_INVALID, ErrorCodes.AUDIENCE_MISSING)) {
            return new ServiceException(
                    PlatformError.TOKEN_AUDIENCE_WRONG, "It must be for " + config.audience() + ".");
        }
        if (jwt.hasExpired()) {
            return new ServiceException(PlatformError.TOKEN_EXPIRED, "Refresh it or log in again.");
        }
        return hasAny(jwt, ErrorCodes.NOT_YET_VALID, ErrorCodes.ISSUED_AT_INVALID_FUTURE)
                ? notYetValid()
                : invalid("Its signature or claims do not hold.");
    }

    private static boolean hasAny(InvalidJwtException jwt, int... codes) {
        return Arrays.stream(codes).anyMatch(jwt::hasErrorCode);
    }

    private static ServiceException notYetValid() {
        return new ServiceException(PlatformError.TOKEN_NOT_YET_VALID, "Its time has not come; a clock may be wrong.");
    }

    /** For a key id that is not, or no longer, among the published keys. */
    public static ServiceException unknownKey() {
        return new ServiceException(PlatformError.TOKEN_KEY_UNKNOWN, "Its key is not among the published ones.");
    }

    static ServiceException invalid(String why) {
        return new ServiceException(PlatformError.TOKEN_INVALID, why);
    }
}

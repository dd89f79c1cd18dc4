package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The keys auth-service publishes, the tokens it signs with them, the service that verifies these, and the clock both go by. */
final class PublishedKeys {

    private static final String ISSUER = "https://herd.example";

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<String> published = new AtomicReference<>("");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource time = now::get;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final HttpServer server;
    private final EllipticCurveJsonWebKey current;
    private final JwksTokenVerifier verifier;

    private PublishedKeys(KeySetStore copy) throws IOException, JoseException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        current = key("first");
        publish(current);
        IdentityConfig config =
                new Config("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        verifier = new JwksTokenVerifier(new TokenClaims(config, clock), config, clock, copy);
    }

    /** @param copy what the service takes them from while auth-service does not answer */
    static PublishedKeys start(KeySetStore copy) throws IOException, JoseException {
        return new PublishedKeys(copy);
    }

    /** The one that is published from the start. */
    EllipticCurveJsonWebKey current() {
        return current;
    }

    /** How often they were asked for. */
    int fetches() {
        return fetches.get();
    }

    /** Of auth-service: from now on it does not answer. */
    void stop() {
        server.stop(0);
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    void publish(EllipticCurveJsonWebKey... keys) {
        published.set(new JsonWebKeySet(List.of(keys)).toJson());
    }

    void publish(String keySet) {
        published.set(keySet);
    }

    static EllipticCurveJsonWebKey key(String id) throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(id);
        return key;
    }

    VerifiedToken verify(String token) {
        return verifier.verify(token).await().atMost(Duration.ofSeconds(5));
    }

    void assertRefused(String token, PlatformError error) {
        assertThatThrownBy(() -> verify(token))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    String token(EllipticCurveJsonWebKey signer) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("drover");
        claims.setSubject("usr_a");
        claims.setStringClaim("sid", "ses_a");
        claims.setJwtId("1");
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        // Signatures are judged by the library's own clock, so long enough for every test here.
        claims.setExpirationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond() + 86_400));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKeyIdHeaderValue(signer.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setKey(signer.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Config(String jwksUrl) implements IdentityConfig {

        @Override
        public String issuer() {
            return ISSUER;
        }

        @Override
        public String audience() {
            return "drover";
        }

        @Override
        public Duration clockSkew() {
            return Duration.ofSeconds(30);
        }

        @Override
        public String publicBaseUrl() {
            return ISSUER;
        }

        @Override
        public Jwks jwks() {
            return new Jwks() {
                @Override
                public Optional<String> url() {
                    return Optional.of(jwksUrl);
                }

                @Override
                public Duration minRefreshInterval() {
                    return Duration.ofSeconds(2);
                }

                @Override
                public Duration maxAge() {
                    return Duration.ofMinutes(5);
                }

                @Override
                public Duration timeout() {
                    return Duration.ofSeconds(2);
                }

                @Override
                public int maxKeys() {
                    return 16;
                }
            };
        }
    }
}

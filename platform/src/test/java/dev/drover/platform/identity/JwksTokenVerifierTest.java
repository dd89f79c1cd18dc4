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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

class JwksTokenVerifierTest {

    private static final String ISSUER = "https://herd.example";

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<String> published = new AtomicReference<>("");
    private final CopyInMemory copy = new CopyInMemory();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private HttpServer authService;
    private EllipticCurveJsonWebKey key;
    private JwksTokenVerifier verifier;

    @BeforeEach
    void authServicePublishesAKey() throws IOException, JoseException {
        authService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        authService.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        authService.start();
        key = key("first");
        publish(key);
        IdentityConfig config =
                new Config("http://127.0.0.1:" + authService.getAddress().getPort() + "/");
        verifier = new JwksTokenVerifier(new TokenClaims(config, clock), config, clock, copy);
    }

    @AfterEach
    void stop() {
        authService.stop(0);
    }

    @Test
    void theKeysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 5; i++) {
            assertThat(verify(token(key)).sub()).isEqualTo("usr_a");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void authServiceBeingDownStopsNoTokenWhoseKeyIsKnown() {
        verify(token(key));
        authService.stop(0);
        pass(Duration.ofHours(1));

        assertThat(verify(token(key)).sub()).isEqualTo("usr_a");
    }

    @Test
    void whoStartsWhileAuthServiceIsDownTakesTheCopyItLeft() {
        copy.put(new JsonWebKeySet(List.of(key)).toJson());
        authService.stop(0);

        assertThat(verify(token(key)).sub()).isEqualTo("usr_a");
    }

    @Test
    void aKeyPublishedBeforeAuthServiceWentDownIsLearnedFromTheCopyItLeft() throws JoseException {
        verify(token(key));
        EllipticCurveJsonWebKey next = key("next");
        copy.put(new JsonWebKeySet(List.of(key, next)).toJson());
        authService.stop(0);
        pass(Duration.ofSeconds(3));

        assertThat(verify(token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void theCopyIsNotAskedForWhileAuthServiceAnswers() throws JoseException {
        EllipticCurveJsonWebKey another = key("another");
        copy.put(new JsonWebKeySet(List.of(key, another)).toJson());

        assertRefused(token(another), PlatformError.TOKEN_KEY_UNKNOWN);
        assertThat(copy.reads).hasValue(0);
    }

    @Test
    void aCopyThatIsOlderThanWhatIsKnownTakesNothingAway() throws Exception {
        EllipticCurveJsonWebKey next = key("next");
        publish(key, next);
        verify(token(next));
        copy.put(new JsonWebKeySet(List.of(key)).toJson());
        authService.stop(0);
        pass(Duration.ofHours(1));

        assertThat(verify(token(next)).sub()).isEqualTo("usr_a");
        assertThat(copy.wasRead.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(verify(token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void withNeitherItIsAStoreThatDoesNotAnswer() {
        authService.stop(0);

        assertRefused(token(key), PlatformError.STORE_UNAVAILABLE);
    }

    @Test
    void madeUpKeyIdsCauseOneFetchPerIntervalAtMost() throws JoseException {
        EllipticCurveJsonWebKey unknown = key("made-up");
        for (int i = 0; i < 20; i++) {
            assertRefused(token(unknown), PlatformError.TOKEN_KEY_UNKNOWN);
        }
        assertThat(fetches).hasValue(1);

        pass(Duration.ofSeconds(3));
        assertRefused(token(unknown), PlatformError.TOKEN_KEY_UNKNOWN);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aKeyPublishedSinceIsLearnedFromTheFirstTokenThatNamesIt() throws JoseException {
        verify(token(key));
        EllipticCurveJsonWebKey next = key("next");
        publish(key, next);
        pass(Duration.ofSeconds(3));

        assertThat(verify(token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void aTokenCheckedAMomentAgoIsRefusedOnceItsKeyIsNoLongerPublished() throws JoseException {
        String token = token(key);
        verify(token);
        EllipticCurveJsonWebKey next = key("next");
        publish(next);
        pass(Duration.ofSeconds(3));
        verify(token(next));

        assertRefused(token, PlatformError.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void noMoreKeysAreKeptThanConfigured() throws JoseException {
        EllipticCurveJsonWebKey[] many = new EllipticCurveJsonWebKey[17];
        for (int i = 0; i < many.length; i++) {
            many[i] = key("key-" + i);
        }
        publish(many);

        assertThat(verify(token(many[15])).sub()).isEqualTo("usr_a");
        assertRefused(token(many[16]), PlatformError.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void whatIsNoKeySetIsAStoreThatDoesNotAnswer() {
        published.set("x".repeat(70_000));

        assertRefused(token(key), PlatformError.STORE_UNAVAILABLE);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private VerifiedToken verify(String token) {
        return verifier.verify(token).await().atMost(Duration.ofSeconds(5));
    }

    private void assertRefused(String token, PlatformError error) {
        assertThatThrownBy(() -> verify(token))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private void publish(EllipticCurveJsonWebKey... keys) {
        published.set(new JsonWebKeySet(List.of(keys)).toJson());
    }

    private static EllipticCurveJsonWebKey key(String id) throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(id);
        return key;
    }

    private String token(EllipticCurveJsonWebKey signer) {
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

    private static final class CopyInMemory implements KeySetStore {

        private final AtomicInteger reads = new AtomicInteger();
        private final CountDownLatch wasRead = new CountDownLatch(1);
        private final AtomicReference<String> kept = new AtomicReference<>();

        @Override
        public void put(String keySet) {
            kept.set(keySet);
        }

        @Override
        public Uni<String> read() {
            return Uni.createFrom().item(kept::get).invoke(() -> {
                reads.incrementAndGet();
                wasRead.countDown();
            });
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

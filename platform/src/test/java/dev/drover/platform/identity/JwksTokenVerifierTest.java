package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.PlatformError;

class JwksTokenVerifierTest {

    private PublishedKeys keys;

    @BeforeEach
    void start() throws IOException, JoseException {
        keys = PublishedKeys.start(new InMemoryKeySetStore());
    }

    @AfterEach
    void stop() {
        keys.stop();
    }

    @Test
    void theKeysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 5; i++) {
            assertThat(keys.verify(keys.token(keys.current())).sub()).isEqualTo("usr_a");
        }
        assertThat(keys.fetches()).isEqualTo(1);
    }

    @Test
    void authServiceBeingDownStopsNoTokenWhoseKeyIsKnown() {
        keys.verify(keys.token(keys.current()));
        keys.stop();
        keys.pass(Duration.ofHours(1));

        assertThat(keys.verify(keys.token(keys.current())).sub()).isEqualTo("usr_a");
    }

    @Test
    void madeUpKeyIdsCauseOneFetchPerIntervalAtMost() throws JoseException {
        EllipticCurveJsonWebKey unknown = PublishedKeys.key("made-up");
        for (int i = 0; i < 20; i++) {
            keys.assertRefused(keys.token(unknown), PlatformError.TOKEN_KEY_UNKNOWN);
        }
        assertThat(keys.fetches()).isEqualTo(1);

        keys.pass(Duration.ofSeconds(3));
        keys.assertRefused(keys.token(unknown), PlatformError.TOKEN_KEY_UNKNOWN);
        assertThat(keys.fetches()).isEqualTo(2);
    }

    @Test
    void aKeyPublishedSinceIsLearnedFromTheFirstTokenThatNamesIt() throws JoseException {
        keys.verify(keys.token(keys.current()));
        EllipticCurveJsonWebKey next = PublishedKeys.key("next");
        keys.publish(keys.current(), next);
        keys.pass(Duration.ofSeconds(3));

        assertThat(keys.verify(keys.token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void aTokenCheckedAMomentAgoIsRefusedOnceItsKeyIsNoLongerPublished() throws JoseException {
        String token = keys.token(keys.current());
        keys.verify(token);
        EllipticCurveJsonWebKey next = PublishedKeys.key("next");
        keys.publish(next);
        keys.pass(Duration.ofSeconds(3));
        keys.verify(keys.token(next));

        keys.assertRefused(token, PlatformError.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void noMoreKeysAreKeptThanConfigured() throws JoseException {
        EllipticCurveJsonWebKey[] many = new EllipticCurveJsonWebKey[17];
        for (int i = 0; i < many.length; i++) {
            many[i] = PublishedKeys.key("key-" + i);
        }
        keys.publish(many);

        assertThat(keys.verify(keys.token(many[15])).sub()).isEqualTo("usr_a");
        keys.assertRefused(keys.token(many[16]), PlatformError.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void whatIsNoKeySetIsAStoreThatDoesNotAnswer() {
        keys.publish("x".repeat(70_000));

        keys.assertRefused(keys.token(keys.current()), PlatformError.STORE_UNAVAILABLE);
    }
}

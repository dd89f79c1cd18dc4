package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.PlatformError;

/** What a service makes of the copy of the keys that auth-service left, and when it asks for it. */
class KeySetCopyTest {

    private final InMemoryKeySetStore copy = new InMemoryKeySetStore();
    private PublishedKeys keys;

    @BeforeEach
    void start() throws IOException, JoseException {
        keys = PublishedKeys.start(copy);
    }

    @AfterEach
    void stop() {
        keys.stop();
    }

    @Test
    void whoStartsWhileAuthServiceIsDownTakesTheCopyItLeft() {
        copy.put(new JsonWebKeySet(List.of(keys.current())).toJson());
        keys.stop();

        assertThat(keys.verify(keys.token(keys.current())).sub()).isEqualTo("usr_a");
    }

    @Test
    void aKeyPublishedBeforeAuthServiceWentDownIsLearnedFromTheCopyItLeft() throws JoseException {
        keys.verify(keys.token(keys.current()));
        EllipticCurveJsonWebKey next = PublishedKeys.key("next");
        copy.put(new JsonWebKeySet(List.of(keys.current(), next)).toJson());
        keys.stop();
        keys.pass(Duration.ofSeconds(3));

        assertThat(keys.verify(keys.token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void theCopyIsNotAskedForWhileAuthServiceAnswers() throws JoseException {
        EllipticCurveJsonWebKey another = PublishedKeys.key("another");
        copy.put(new JsonWebKeySet(List.of(keys.current(), another)).toJson());

        keys.assertRefused(keys.token(another), PlatformError.TOKEN_KEY_UNKNOWN);
        assertThat(copy.reads()).isZero();
    }

    @Test
    void aCopyThatIsOlderThanWhatIsKnownTakesNothingAway() throws Exception {
        EllipticCurveJsonWebKey next = PublishedKeys.key("next");
        keys.publish(keys.current(), next);
        keys.verify(keys.token(next));
        copy.put(new JsonWebKeySet(List.of(keys.current())).toJson());
        keys.stop();
        keys.pass(Duration.ofHours(1));

        assertThat(keys.verify(keys.token(next)).sub()).isEqualTo("usr_a");
        assertThat(copy.wasRead().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(keys.verify(keys.token(next)).sub()).isEqualTo("usr_a");
    }

    @Test
    void withNeitherItIsAStoreThatDoesNotAnswer() {
        keys.stop();

        keys.assertRefused(keys.token(keys.current()), PlatformError.STORE_UNAVAILABLE);
    }
}

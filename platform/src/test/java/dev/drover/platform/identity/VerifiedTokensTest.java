package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final PublicKey key = key();
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final VerifiedTokens tokens = new VerifiedTokens(clock(), SKEW);

    @Test
    void aTokenIsKnownByItsWholeTextAndTheKeyItWasCheckedWith() {
        VerifiedToken verified = expiringAfter(Duration.ofMinutes(10));
        tokens.add(VerifiedTokens.name("head.body.signature"), key, verified);

        assertThat(tokens.find(VerifiedTokens.name("head.body.signature"), key)).contains(verified);
        assertThat(tokens.find(VerifiedTokens.name("head.body.signaturE"), key)).isEmpty();
        assertThat(tokens.find(VerifiedTokens.name("head.body.signature"), key()))
                .as("another key under the same id")
                .isEmpty();
    }

    @Test
    void afterAMinuteItIsCheckedOnceMore() {
        tokens.add(VerifiedTokens.name("a.b.c"), key, expiringAfter(Duration.ofMinutes(10)));

        now.set(BEGIN.plusSeconds(59));
        assertThat(tokens.find(VerifiedTokens.name("a.b.c"), key)).isPresent();
        now.set(BEGIN.plusSeconds(60));
        assertThat(tokens.find(VerifiedTokens.name("a.b.c"), key)).isEmpty();
    }

    @Test
    void anExpiredTokenIsNotKnownHoweverLatelyItWasChecked() {
        tokens.add(VerifiedTokens.name("a.b.c"), key, expiringAfter(Duration.ofSeconds(5)));

        now.set(BEGIN.plusSeconds(34));
        assertThat(tokens.find(VerifiedTokens.name("a.b.c"), key))
                .as("clocks may be 30 s apart")
                .isPresent();
        now.set(BEGIN.plusSeconds(35));
        assertThat(tokens.find(VerifiedTokens.name("a.b.c"), key)).isEmpty();
    }

    private static VerifiedToken expiringAfter(Duration life) {
        return new VerifiedToken("usr_a", "ses_a", Set.of(), BEGIN.plus(life));
    }

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    private static PublicKey key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("EC is part of every JDK", e);
        }
    }
}

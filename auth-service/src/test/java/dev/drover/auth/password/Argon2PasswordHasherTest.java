package dev.drover.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ConfigOf;
import dev.drover.auth.password.PasswordHash.Parameters;

/** At the cost it has by default, and with time for it on a busy machine. */
class Argon2PasswordHasherTest {

    private final Argon2PasswordHasher hasher = new Argon2PasswordHasher(
            ConfigOf.mapping(PasswordConfig.class, Map.of("auth.password.gate.patience", "PT30S")),
            new SimpleMeterRegistry());

    @AfterEach
    void close() {
        hasher.close();
    }

    @Test
    void itComputesWhatTheReferenceImplementationComputes() {
        // hashtest(version, 2, 16, 1, "password", "somesalt", …) of phc-winner-argon2.
        byte[] hash =
                Argon2PasswordHasher.argon2id(ascii("password"), new Parameters(65_536, 2, 1), ascii("somesalt"), 32);
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void aHashIsAPhcStringOfTheConfiguredCost() {
        PasswordHash hash = hasher.hash(Password.presented("a long enough secret"));
        assertThat(hash.toPhc()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHash.parse(hash.toPhc())).isEqualTo(hash);
        assertThat(hash.toString()).doesNotContain(hash.hash());
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        Password password = Password.presented("a long enough secret");
        assertThat(hasher.hash(password)).isNotEqualTo(hasher.hash(password));
    }

    @Test
    void onlyThePasswordMatches() {
        PasswordHash hash = hasher.hash(Password.presented("a long enough secret"));
        assertThat(hasher.matches(Password.presented("a long enough secret"), hash))
                .isTrue();
        assertThat(hasher.matches(Password.presented("a long enough secreT"), hash))
                .isFalse();
        assertThat(hasher.matchesNothing(Password.presented("a long enough secret")))
                .isFalse();
    }

    @Test
    void aHashOfAnEarlierCostStillMatches() {
        byte[] salt = ascii("sixteen bytes ok");
        byte[] hash = Argon2PasswordHasher.argon2id(ascii("a long enough secret"), new Parameters(64, 3, 1), salt, 32);
        PasswordHash earlier = PasswordHash.parse(
                PasswordHash.of(new Parameters(64, 3, 1), salt, hash).toPhc());
        assertThat(hasher.matches(Password.presented("a long enough secret"), earlier))
                .isTrue();
    }

    @Test
    void asManyRunAtOnceAsThereAreCoresAndAsFitIntoHalfOfTheMemory() {
        Parameters cost = new Parameters(19_456, 2, 1);
        long mebibyte = 1L << 20;
        assertThat(Argon2PasswordHasher.concurrent(4, 1024 * mebibyte, cost)).isEqualTo(4);
        assertThat(Argon2PasswordHasher.concurrent(64, 256 * mebibyte, cost)).isEqualTo(6);
        assertThat(Argon2PasswordHasher.concurrent(4, 16 * mebibyte, cost)).isEqualTo(1);
    }

    @Test
    void aHashOfAnotherCostThanTheConfiguredOneIsOutdated() {
        PasswordHash hash = hasher.hash(Password.presented("a long enough secret"));
        assertThat(hasher.isOutdated(hash)).isFalse();
        assertThat(hasher.isOutdated(PasswordHash.parse(hash.toPhc().replace("t=2", "t=3"))))
                .isTrue();
    }

    @Test
    void whatIsNoPhcStringIsAFaultThatDoesNotShowIt() {
        assertThatThrownBy(() -> PasswordHash.parse("$2b$12$something"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("something");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

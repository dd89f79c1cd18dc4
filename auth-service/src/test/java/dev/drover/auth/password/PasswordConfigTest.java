package dev.drover.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class PasswordConfigTest {

    @Test
    void theDefaultsAreWhatTheDesignSays() {
        PasswordConfig config = ConfigOf.mapping(PasswordConfig.class, Map.of());
        assertThat(config.argon2().memoryKibibytes()).isEqualTo(19_456);
        assertThat(config.argon2().iterations()).isEqualTo(2);
        assertThat(config.argon2().parallelism()).isEqualTo(1);
        assertThat(config.gate().concurrent()).isZero();
        assertThat(config.gate().waiting()).isEqualTo(64);
        assertThat(config.gate().patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.gate().retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void allOfItCanBeSet() {
        PasswordConfig config = ConfigOf.mapping(
                PasswordConfig.class,
                Map.of(
                        "auth.password.argon2.memory-kibibytes", "65536",
                        "auth.password.argon2.iterations", "3",
                        "auth.password.argon2.parallelism", "4",
                        "auth.password.gate.concurrent", "8",
                        "auth.password.gate.waiting", "10",
                        "auth.password.gate.patience", "PT1S",
                        "auth.password.gate.retry-after", "PT5S"));
        assertThat(config.argon2().memoryKibibytes()).isEqualTo(65_536);
        assertThat(config.argon2().iterations()).isEqualTo(3);
        assertThat(config.argon2().parallelism()).isEqualTo(4);
        assertThat(config.gate().concurrent()).isEqualTo(8);
        assertThat(config.gate().waiting()).isEqualTo(10);
        assertThat(config.gate().patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.gate().retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "argon2.memory-kibibytes, 7",
        "argon2.memory-kibibytes, 2000000",
        "argon2.iterations, 0",
        "argon2.iterations, 101",
        "argon2.parallelism, 0",
        "argon2.parallelism, 17",
        "gate.concurrent, -1",
        "gate.concurrent, 257",
        "gate.waiting, 0",
        "gate.waiting, 10001",
        "gate.patience, PT0S",
        "gate.retry-after, PT0.5S",
        "gate.no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(PasswordConfig.class, Map.of("auth.password." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

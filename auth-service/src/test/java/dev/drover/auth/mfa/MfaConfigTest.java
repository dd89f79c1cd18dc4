package dev.drover.auth.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class MfaConfigTest {

    @Test
    void byDefaultTheFifthWrongCodeCostsAMinute() {
        MfaConfig config = ConfigOf.mapping(MfaConfig.class, Map.of());
        assertThat(config.issuer()).isEqualTo("Drover");
        assertThat(MfaPolicy.of(config))
                .isEqualTo(new MfaPolicy(5, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15)));
    }

    @Test
    void allOfItCanBeSet() {
        MfaConfig config = ConfigOf.mapping(
                MfaConfig.class,
                Map.of(
                        "auth.mfa.issuer", "Example",
                        "auth.mfa.failures-max", "3",
                        "auth.mfa.first-pause", "PT5S",
                        "auth.mfa.longest-pause", "PT10S",
                        "auth.mfa.confirm-within", "PT5M"));
        assertThat(config.issuer()).isEqualTo("Example");
        assertThat(MfaPolicy.of(config))
                .isEqualTo(new MfaPolicy(3, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, ' '",
        "failures-max, 0",
        "failures-max, 101",
        "first-pause, PT0.5S",
        "first-pause, PT25H",
        "longest-pause, PT0.5S",
        "longest-pause, PT25H",
        "confirm-within, PT59S",
        "confirm-within, PT25H",
        "no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(MfaConfig.class, Map.of("auth.mfa." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }

    @Test
    void pausesGrow() {
        MfaConfig config = ConfigOf.mapping(MfaConfig.class, Map.of("auth.mfa.longest-pause", "PT1S"));
        assertThatThrownBy(() -> MfaPolicy.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.mfa.longest-pause");
    }
}

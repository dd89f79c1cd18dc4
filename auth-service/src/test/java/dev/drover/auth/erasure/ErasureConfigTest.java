package dev.drover.auth.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class ErasureConfigTest {

    @Test
    void byDefaultASessionOfTenMinutesMayErase() {
        ErasureConfig config = ConfigOf.mapping(ErasureConfig.class, Map.of());
        assertThat(config.loginWithin()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.markKept()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({"login-within, PT0.5S", "login-within, PT25H", "mark-kept, PT59S", "mark-kept, P31D", "no-such-key, 1"})
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(ErasureConfig.class, Map.of("auth.erasure." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

package dev.drover.auth.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class DeviceConfigTest {

    @Test
    void byDefaultFiftyPlacesAreRememberedForHalfAYear() {
        DeviceConfig config = ConfigOf.mapping(DeviceConfig.class, Map.of());
        assertThat(config.max()).isEqualTo(50);
        assertThat(config.memory()).isEqualTo(Duration.ofDays(180));
    }

    @Test
    void allOfItCanBeSet() {
        DeviceConfig config =
                ConfigOf.mapping(DeviceConfig.class, Map.of("auth.devices.max", "2", "auth.devices.memory", "P1D"));
        assertThat(config.max()).isEqualTo(2);
        assertThat(config.memory()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({"max, 0", "max, 1001", "memory, PT23H", "memory, P731D", "no-such-key, 1"})
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(DeviceConfig.class, Map.of("auth.devices." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

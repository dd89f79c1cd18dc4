package dev.drover.profile.handles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class HandleConfigTest {

    @Test
    void defaults() {
        HandleConfig config = config(Map.of());
        assertThat(config.reservation()).isEqualTo(Duration.ofDays(30));
        assertThat(config.reservedMax()).isEqualTo(5);
        assertThat(config.claimGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(HandleConfig.class.getMethods()).hasSize(3);
    }

    @Test
    void everyPropertyCanBeSet() {
        HandleConfig config = config(Map.of(
                "drover.profile.handle.reservation", "P1D",
                "drover.profile.handle.reserved-max", "2",
                "drover.profile.handle.claim-grace", "PT1S"));
        assertThat(config.reservation()).isEqualTo(Duration.ofDays(1));
        assertThat(config.reservedMax()).isEqualTo(2);
        assertThat(config.claimGrace()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void unknownKeysAndImpossibleValuesAreRefused() {
        assertThatThrownBy(() -> config(Map.of("drover.profile.handle.reserve", "P1D")));
        assertThatThrownBy(() -> new HandlePolicy(Duration.ZERO, 1, Duration.ZERO))
                .hasMessageContaining("reservation");
        assertThatThrownBy(() -> new HandlePolicy(Duration.ofDays(1), 0, Duration.ZERO))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new HandlePolicy(Duration.ofDays(1), 1, Duration.ofSeconds(-1)))
                .hasMessageContaining("grace");
    }

    private static HandleConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(HandleConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(HandleConfig.class);
    }
}

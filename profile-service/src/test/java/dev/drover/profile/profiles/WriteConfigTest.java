package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class WriteConfigTest {

    @Test
    void defaults() {
        WriteConfig config = config(Map.of());
        assertThat(config.attemptsMax()).isEqualTo(16);
        assertThat(config.remembered()).isEqualTo(Duration.ofDays(1));
        assertThat(WriteConfig.class.getMethods()).hasSize(2);
    }

    @Test
    void everyPropertyCanBeSet() {
        WriteConfig config = config(Map.of(
                "drover.profile.write.attempts-max", "3",
                "drover.profile.write.remembered", "PT1H"));
        assertThat(config.attemptsMax()).isEqualTo(3);
        assertThat(config.remembered()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void unknownKeysAndImpossibleValuesAreRefused() {
        assertThatThrownBy(() -> config(Map.of("drover.profile.write.attempt-max", "3")));
        assertThatThrownBy(() -> new WritePolicy(0, Duration.ofHours(1))).hasMessageContaining("at least one attempt");
        assertThatThrownBy(() -> new WritePolicy(1, Duration.ZERO)).hasMessageContaining("remembered");
    }

    private static WriteConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(WriteConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(WriteConfig.class);
    }
}

package dev.drover.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.platform.config.bounds.ConfigBounds;

class IdempotencyConfigTest {

    @Test
    void theDefaultsAreWhatTheDocumentationSays() {
        IdempotencyConfig config = config(Map.of());

        assertThat(config.retention()).isEqualTo(Duration.ofHours(24));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.runMax()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.answerBytesMax()).isEqualTo(128 * 1024);
    }

    @Test
    void allOfItCanBeSet() {
        IdempotencyConfig config = config(Map.of(
                "IDEMPOTENCY_RETENTION", "PT1H",
                "drover.idempotency.lease", "PT2S",
                "drover.idempotency.run-max", "PT10S",
                "drover.idempotency.answer-bytes-max", "0"));

        assertThat(config.retention()).isEqualTo(Duration.ofHours(1));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.runMax()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.answerBytesMax()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "retention, PT0.9S",
        "retention, P31D",
        "lease, PT0.09S",
        "lease, PT61S",
        "run-max, PT0.9S",
        "run-max, PT61M",
        "answer-bytes-max, -1",
        "answer-bytes-max, 1048577",
        "no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> config(Map.of("drover.idempotency." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }

    private static IdempotencyConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(IdempotencyConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withValidator(new ConfigBounds())
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(IdempotencyConfig.class);
    }
}

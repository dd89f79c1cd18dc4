package dev.drover.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class AuditConfigTest {

    @Test
    void byDefaultHalfAYearIsKept() {
        AuditConfig config = ConfigOf.mapping(AuditConfig.class, Map.of());
        assertThat(config.entriesMax()).isEqualTo(200_000);
        assertThat(config.maxAge()).isEqualTo(Duration.ofDays(180));
        assertThat(config.scanMax()).isEqualTo(2_000);
        assertThat(config.every()).isEqualTo("0.5s");
    }

    @Test
    void allOfItCanBeSet() {
        AuditConfig config = ConfigOf.mapping(
                AuditConfig.class,
                Map.of(
                        "auth.audit.entries-max",
                        "5",
                        "auth.audit.max-age",
                        "PT1H",
                        "auth.audit.scan-max",
                        "100",
                        "auth.audit.every",
                        "3s"));
        assertThat(config.every()).isEqualTo("3s");
        assertThat(config.entriesMax()).isEqualTo(5);
        assertThat(config.maxAge()).isEqualTo(Duration.ofHours(1));
        assertThat(config.scanMax()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "entries-max, 0",
        "entries-max, 10000001",
        "max-age, PT0.5S",
        "scan-max, 99",
        "scan-max, 100001",
        "no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(AuditConfig.class, Map.of("auth.audit." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

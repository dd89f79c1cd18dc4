package dev.drover.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class TokenConfigTest {

    @Test
    void theFolderIsTheOneOfTheEnvironment() {
        TokenConfig config = ConfigOf.mapping(TokenConfig.class, Map.of("JWT_KEYS", "/run/keys"));
        assertThat(config.keys()).isEqualTo(Path.of("/run/keys"));
        assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.keysMaxAge()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.publishedMaxAge()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void allOfItCanBeSet() {
        TokenConfig config = ConfigOf.mapping(
                TokenConfig.class,
                Map.of(
                        "auth.token.keys", "/keys",
                        "auth.token.lifetime", "PT5M",
                        "auth.token.keys-max-age", "PT1S",
                        "auth.token.published-max-age", "PT1M"));
        assertThat(config.keys()).isEqualTo(Path.of("/keys"));
        assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.keysMaxAge()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.publishedMaxAge()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({"lifetime, PT9S", "lifetime, PT2H", "keys-max-age, PT0S", "published-max-age, PT0S", "no-such-key, 1"})
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(
                        TokenConfig.class, Map.of("JWT_KEYS", "/run/keys", "auth.token." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

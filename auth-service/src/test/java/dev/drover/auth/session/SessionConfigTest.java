package dev.drover.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class SessionConfigTest {

    private static final Duration TOKEN = Duration.ofMinutes(10);

    @Test
    void theDefaultsAreWhatTheDesignSays() {
        SessionPolicy policy = SessionPolicy.of(ConfigOf.mapping(SessionConfig.class, Map.of()), TOKEN);
        assertThat(policy)
                .isEqualTo(new SessionPolicy(
                        Duration.ofHours(24),
                        Duration.ofDays(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(11)));
    }

    @Test
    void allOfItCanBeSet() {
        SessionConfig config = ConfigOf.mapping(
                SessionConfig.class,
                Map.of(
                        "auth.session.lifetime", "PT1H",
                        "auth.session.max-lifetime", "P7D",
                        "auth.session.refresh-grace", "PT30S",
                        "auth.session.refresh-within", "PT20S"));
        assertThat(SessionPolicy.of(config, TOKEN))
                .isEqualTo(new SessionPolicy(
                        Duration.ofHours(1),
                        Duration.ofDays(7),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(11)));
    }

    @ParameterizedTest
    @CsvSource({
        "lifetime, PT59S",
        "lifetime, P401D",
        "max-lifetime, PT59S",
        "max-lifetime, P401D",
        "refresh-grace, PT0S",
        "refresh-grace, PT2M",
        "refresh-within, PT0S",
        "refresh-within, PT2M",
        "no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(SessionConfig.class, Map.of("auth.session." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }

    @Test
    void timesMustFitTogether() {
        SessionConfig config = ConfigOf.mapping(SessionConfig.class, Map.of("auth.session.max-lifetime", "PT1H"));
        assertThatThrownBy(() -> SessionPolicy.of(config, TOKEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.session.max-lifetime");
        SessionConfig slow = ConfigOf.mapping(SessionConfig.class, Map.of("auth.session.refresh-within", "PT10S"));
        assertThatThrownBy(() -> SessionPolicy.of(slow, TOKEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.session.refresh-within");
    }
}

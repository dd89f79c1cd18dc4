package dev.drover.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.ConfigOf;

class LockoutConfigTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void byDefaultFiveAreFreeAtAnAccountAndAHundredFromAnAddress() {
        LockoutConfig config = ConfigOf.mapping(LockoutConfig.class, Map.of());
        assertThat(LockoutPolicy.ofAccounts(config))
                .isEqualTo(new LockoutPolicy(5, HALF_A_MINUTE, QUARTER_OF_AN_HOUR, DAY, HALF_A_MINUTE));
        assertThat(LockoutPolicy.ofAddresses(config))
                .isEqualTo(new LockoutPolicy(100, HALF_A_MINUTE, QUARTER_OF_AN_HOUR, DAY, HALF_A_MINUTE));
    }

    @Test
    void allOfItCanBeSet() {
        LockoutConfig config = ConfigOf.mapping(
                LockoutConfig.class,
                Map.of(
                        "auth.lockout.account.free", "1",
                        "auth.lockout.account.delay", "PT2S",
                        "auth.lockout.account.delay-max", "PT3S",
                        "auth.lockout.address.free", "4",
                        "auth.lockout.address.delay", "PT5S",
                        "auth.lockout.address.delay-max", "PT6S",
                        "auth.lockout.memory", "PT7M",
                        "auth.lockout.judging", "PT8S"));
        assertThat(LockoutPolicy.ofAccounts(config))
                .isEqualTo(new LockoutPolicy(
                        1, Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMinutes(7), Duration.ofSeconds(8)));
        assertThat(LockoutPolicy.ofAddresses(config))
                .isEqualTo(new LockoutPolicy(
                        4, Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofMinutes(7), Duration.ofSeconds(8)));
    }

    @ParameterizedTest
    @CsvSource({
        "account.free, 0",
        "account.delay, PT0S",
        "account.delay-max, PT25H",
        "address.free, 100001",
        "address.delay, PT2H",
        "address.delay-max, PT0S",
        "memory, PT59S",
        "memory, P31D",
        "judging, PT4S",
        "judging, PT11M",
        "no-such-key, 1"
    })
    void whatMakesNoSenseKeepsTheServiceFromStarting(String key, String value) {
        assertThatThrownBy(() -> ConfigOf.mapping(LockoutConfig.class, Map.of("auth.lockout." + key, value)))
                .isInstanceOf(ConfigValidationException.class);
    }
}

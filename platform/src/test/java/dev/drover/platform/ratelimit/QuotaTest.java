package dev.drover.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.ratelimit.Quota.Mode;
import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;

class QuotaTest {

    @Test
    void unitsAndWindowAreEnough() {
        Policy policy = new Policy(RouteClass.LOGIN, Quota.parse("10/PT1M"));

        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.quota().units()).isEqualTo(10);
        assertThat(policy.quota().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.quota().burst()).isEqualTo(10);
        assertThat(policy.by()).isEqualTo(KeyKind.ADDRESS);
        assertThat(policy.withoutAnswer()).isEqualTo(WithoutAnswer.CLOSED);
        assertThat(policy.intervalMicros()).isEqualTo(6_000_000);
    }

    @Test
    void everythingCanBeSaid() {
        Policy policy = new Policy(RouteClass.LOGIN, Quota.parse(" shadow 600/PT1H  burst 20 by api-key open "));

        assertThat(policy.mode()).isEqualTo(Mode.SHADOW);
        assertThat(policy.quota().burst()).isEqualTo(20);
        assertThat(policy.by()).isEqualTo(KeyKind.API_KEY);
        assertThat(policy.withoutAnswer()).isEqualTo(WithoutAnswer.OPEN);
    }

    @Test
    void aQuotaCanBeOff() {
        assertThat(Quota.parse("off").mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void neverMoreThanTheQuotaFitsIntoItsWindow() {
        Policy sevenASecond = new Policy(RouteClass.READ, Quota.parse("7/PT1S"));

        assertThat(7 * sevenASecond.intervalMicros()).isGreaterThanOrEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "0/PT1M",
                "1000001/PT1M",
                "10/PT0S",
                "10/PT0.5S",
                "10/P2D",
                "10/-PT1M",
                "10/PT",
                "10/1m",
                "10/PT1M burst 11",
                "10/PT1M burst 0",
                "10/PT1M by host",
                "10/PT1M ajar",
                "off 10/PT1M",
                "99999999999/PT1M"
            })
    void whatMakesNoSenseIsRefused(String text) {
        assertThat(Quota.isValid(text)).isFalse();
    }
}

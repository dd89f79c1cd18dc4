package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.SessionCookie.Presented;

class ProvenCookiesTest {

    private static final Presented COOKIE = new Presented("ses_a", "usr_a", "secret");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final ProvenCookies proven = new ProvenCookies(clock());

    private Clock clock() {
        InstantSource source = now::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void onlyTheCookieThatWasConfirmedIsProven() {
        proven.add(COOKIE);

        assertThat(proven.contains(COOKIE)).isTrue();
        assertThat(proven.contains(new Presented("ses_a", "usr_a", "another"))).isFalse();
        assertThat(proven.contains(new Presented("ses_a", "usr_b", "secret"))).isFalse();
        assertThat(proven.contains(new Presented("ses_b", "usr_a", "secret"))).isFalse();
    }

    @Test
    void itIsForgottenAfterTenMinutesAndWhenItsSessionRefusesIt() {
        proven.add(COOKIE);
        now.set(now.get().plus(Duration.ofMinutes(10)));
        assertThat(proven.contains(COOKIE)).isFalse();

        proven.add(COOKIE);
        proven.remove(COOKIE);
        assertThat(proven.contains(COOKIE)).isFalse();
    }

    @Test
    void thereAreNeverMoreThanTenThousand() {
        proven.add(COOKIE);
        for (int i = 0; i < 10_000; i++) {
            proven.add(new Presented("ses_" + i, "usr_a", "secret"));
        }
        assertThat(proven.contains(COOKIE)).as("a miss costs a wait").isFalse();
        assertThat(proven.contains(new Presented("ses_9999", "usr_a", "secret")))
                .isTrue();
    }
}

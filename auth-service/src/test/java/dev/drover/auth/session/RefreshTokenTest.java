package dev.drover.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    private final RefreshToken token =
            new RefreshToken(new SessionId("ses_" + "0".repeat(26)), Secret.random(), Secret.random());

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(RefreshToken.parse(token.toWire())).contains(token);
    }

    @Test
    void itsSuccessorFollowsFromTheSaltAndKeepsTheFamily() {
        RefreshToken next = token.successor("salt");
        assertThat(next).isEqualTo(token.successor("salt")).isNotEqualTo(token.successor("pepper"));
        assertThat(next.family()).isEqualTo(token.family());
        assertThat(next.session()).isEqualTo(token.session());
        assertThat(next.secret()).isNotEqualTo(token.secret());
    }

    @Test
    void nothingOfItShows() {
        assertThat(token).hasToString("rt_***");
        assertThat(token.secret()).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rt_", "rt_a.b.c", "ses_00000000000000000000000000", "rt_{x}.y.z"})
    void anythingElseIsNoRefreshToken(String text) {
        assertThat(RefreshToken.parse(text)).isEmpty();
    }
}

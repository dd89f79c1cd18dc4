package dev.drover.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.auth.mail.MailToken.Kind;

class MailTokenTest {

    private static final String ADA = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn";

    @Test
    void aTokenComesBackFromItsWireForm() {
        MailToken token = MailToken.random(Kind.RESET, ADA);
        assertThat(MailToken.parse(Kind.RESET, token.toWire())).contains(token);
    }

    @Test
    void aTokenOfOneKindIsNoneOfAnother() {
        assertThat(MailToken.parse(
                        Kind.VERIFICATION, MailToken.random(Kind.RESET, ADA).toWire()))
                .isEmpty();
    }

    @Test
    void noTwoAreEqualAndNeitherShowsItself() {
        MailToken token = MailToken.random(Kind.RESET, ADA);
        assertThat(MailToken.random(Kind.RESET, ADA)).isNotEqualTo(token);
        assertThat(token).hasToString("rst_***");
        assertThat(token.hash()).doesNotContain(token.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rst_", "rst_06ek2v5w3xq9d4t8m1b7c0hzyn.short", "rst_../../etc/passwd"})
    void whatIsNoTokenIsNone(String text) {
        assertThat(MailToken.parse(Kind.RESET, text)).isEmpty();
    }
}

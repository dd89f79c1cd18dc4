package dev.drover.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

    @Test
    void theListHasTheTenThousandMostCommonAndMore() {
        assertThat(CommonPasswords.size()).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1qaz2wsx3edc",
                "123456qwerty",
                "PassWordPassWord",
                "password2026!",
                "!!!!iloveyou1",
                "aaaaaaaaaaaa",
                "abcabcabcabcabc",
                "dragon12dragon12",
                "unbelievable"
            })
    void whatGuessersTryFirstIsNoPassword(String password) {
        assertThat(Password.fault(password))
                .hasValueSatisfying(fault -> assertThat(fault).contains("common"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"counts sheep at night", "correct horse battery staple", "a long enough secret", "ünïcödé päss 丁"
            })
    void wordsOfOnesOwnAreFine(String password) {
        assertThat(Password.fault(password)).isEmpty();
    }

    @Test
    void theLongestPasswordIsJudgedInNoTime() {
        // A pattern that backtracks without end would not come back from this.
        assertThat(Password.fault("ab".repeat(63) + "xy")).isEmpty();
        assertThat(Password.fault("1".repeat(64) + "x" + "1".repeat(63))).isEmpty();
    }
}

package dev.drover.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "' Ada@EXAMPLE.org ', ada@example.org",
        "Ada+news@Example.Org, ada+news@example.org",
        "o'hara@mail.example.co.uk, o'hara@mail.example.co.uk",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada@bu\u0308cher.example, ada@xn--bcher-kva.example",
        "ada@example\u3002org, ada@example.org",
        "ada@BÜCHER.example, ada@xn--bcher-kva.example",
        "ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "a}b{c@example.org, a}b{c@example.org"
    })
    void oneAddressHasOneForm(String typed, String normal) {
        assertThat(EmailAddress.parse(typed)).contains(new EmailAddress(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.org",
                "ada@localhost",
                "ada@[127.0.0.1]",
                "ada@127.0.0.1",
                "a b@example.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "\"ada\"@example.org",
                "ada@-example.org",
                "ada@example..org",
                "ada@example.org\r\nBcc: eve@example.org",
                "a\u0000da@example.org",
                "ada@exa\u200bmple.org",
                "\u202eada@example.org",
                "a\u00adda@example.org",
                "\u0430da@example.org",
                "ada\uff20example.org",
                "\uff41da@example.org",
                "ada@\uff45xample.org",
                "\u212aate@example.org",
                "ada@example.org@",
                "ada@\ud800.org"
            })
    void whatIsNoAddressOrLooksLikeAnotherIsRefused(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
        assertThat(EmailAddress.fault(typed)).isPresent();
    }

    @Test
    void anAddressHasAtMost254Characters() {
        String label = "a".repeat(61);
        String domain = label + "." + label + "." + label + ".";
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain + "org")).isPresent();
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + domain + "example.org"))
                .isEmpty();
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("a".repeat(1_000_000) + "@example.org")).isEmpty();
    }

    @Test
    void onlyTheNormalFormMakesAnAddress() {
        assertThatThrownBy(() -> new EmailAddress("Ada@example.org"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Ada");
    }
}

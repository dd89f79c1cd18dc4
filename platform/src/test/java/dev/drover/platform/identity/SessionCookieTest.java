package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    private static final String ID = "ses_0123456789abcdefghjkmnpqrs";
    private static final String SUB = "usr_0123456789abcdefghjkmnpqrs";
    private static final String SECRET = "A".repeat(43);

    @Test
    void overHttpsItBelongsToTheHostAloneAndTravelsEncryptedOnly() {
        SessionCookie cookie = cookie("https://herd.example");

        assertThat(cookie.issue(ID, SUB, SECRET, Duration.ofHours(24)))
                .isEqualTo("__Host-drover_session=" + ID + "." + SUB + "." + SECRET
                        + "; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void overPlainHttpItHasAnotherNameBecauseABrowserWouldRefuseThatOne() {
        assertThat(cookie("http://localhost:8080").issue(ID, SUB, SECRET, Duration.ofHours(1)))
                .startsWith("drover_session=")
                .doesNotContain("Secure");
    }

    @Test
    void clearingItEndsItAtOnce() {
        assertThat(cookie("https://herd.example").clear())
                .isEqualTo("__Host-drover_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080", "https://herd.example:443, https://herd.example",
        "http://herd.example:80/, http://herd.example", "https://herd.example:8443/app, https://herd.example:8443"
    })
    void theOriginIsWrittenAsABrowserWritesIt(String publicBaseUrl, String origin) {
        assertThat(cookie(publicBaseUrl).origin()).isEqualTo(origin);
    }

    @Test
    void whatWasIssuedIsReadBackAndItsSecretIsComparedByHash() {
        SessionCookie.Presented presented =
                SessionCookie.parse(SessionCookie.value(ID, SUB, SECRET)).orElseThrow();

        assertThat(presented.sessionId()).isEqualTo(ID);
        assertThat(presented.sub()).isEqualTo(SUB);
        assertThat(presented.matches(SessionCookie.hash(SECRET))).isTrue();
        assertThat(presented.matches(SessionCookie.hash("B".repeat(43)))).isFalse();
        assertThat(presented.toString()).doesNotContain(SECRET, SessionCookie.hash(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ses_x.y", "0123456789abcdefghjkmnpqrs.usr_a.A", ID + "." + SUB + ".short", ID + "." + SUB})
    void whatIsNoCookieOfOursIsNone(String value) {
        assertThat(SessionCookie.parse(value)).isEmpty();
    }

    private static SessionCookie cookie(String publicBaseUrl) {
        return new SessionCookie(new IdentityConfig() {
            @Override
            public String issuer() {
                return publicBaseUrl;
            }

            @Override
            public String audience() {
                return "drover";
            }

            @Override
            public String publicBaseUrl() {
                return publicBaseUrl;
            }

            @Override
            public Duration clockSkew() {
                return Duration.ofSeconds(30);
            }

            @Override
            public Jwks jwks() {
                throw new AssertionError("a cookie needs no keys");
            }
        });
    }
}

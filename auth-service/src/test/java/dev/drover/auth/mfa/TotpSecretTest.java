package dev.drover.auth.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpSecretTest {

    private final TotpSecret secret = new TotpSecret("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** RFC 6238, appendix B, the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "20000000000, 353130"})
    void itsCodesAreThoseOfTheRfc(long seconds, String code) {
        assertThat(secret.code(TotpSecret.step(Instant.ofEpochSecond(seconds)))).isEqualTo(code);
    }

    @Test
    void aCodeCountsOneStepBeforeAndAfterItsTime() {
        String code = secret.code(100);
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(99 * 30))).hasValue(100);
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(100 * 30 + 29))).hasValue(100);
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(101 * 30 + 29))).hasValue(100);
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(98 * 30 + 29))).isEmpty();
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(102 * 30))).isEmpty();
    }

    @Test
    void whatAnAppReadsIsEncoded() {
        assertThat(secret.uri("A & B", "ada+x@example.org"))
                .isEqualTo("otpauth://totp/A%20%26%20B:ada%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=A%20%26%20B&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void itShowsNothingOfItself() {
        assertThat(secret).hasToString("TotpSecret[***]");
    }
}

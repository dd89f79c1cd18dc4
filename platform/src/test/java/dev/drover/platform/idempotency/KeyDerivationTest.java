package dev.drover.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;

class KeyDerivationTest {

    private static final HexFormat HEX = HexFormat.of();

    /** RFC 5869, test cases 1 and 3; the first block of their longer outputs. */
    @Test
    void itIsTheStandardsHkdf() {
        byte[] material = HEX.parseHex("0b".repeat(22));
        KeyDerivation one = KeyDerivation.extract(HEX.parseHex("000102030405060708090a0b0c"), material);
        assertThat(HEX.formatHex(one.pseudoRandomKey()))
                .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(HEX.formatHex(one.expand(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), 32)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");

        KeyDerivation withoutSalt = KeyDerivation.extract(new byte[0], material);
        assertThat(HEX.formatHex(withoutSalt.expand("", 32)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void itGivesNoMoreThanOneBlock() {
        assertThatThrownBy(() -> KeyDerivation.extract(new byte[0], new byte[1]).expand("name", 33))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.drover.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.auth.TestPem;
import dev.drover.auth.token.KeyFolder.KeyUnreadableException;

class KeyFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void mountDataKey() throws IOException {
        write("data.key", TestPem.dataKey());
    }

    @Test
    void thePublicHalfIsComputedFromThePrivateOne() throws IOException {
        KeyPair pair = TestPem.generate();
        write("current.pem", TestPem.privateKey(pair));
        KeyRing ring = new KeyFolder(folder).read();
        assertThat(ring.verifying(ring.signing().id())).contains(pair.getPublic());
        assertThat(ring.signing().id())
                .isEqualTo(KeyRing.thumbprint(pair.getPublic()))
                .hasSize(43);
    }

    @Test
    void previousAndStandbyArePublishedAfterCurrent() throws IOException {
        KeyPair current = TestPem.generate();
        KeyPair previous = TestPem.generate();
        KeyPair standby = TestPem.generate();
        write("current.pem", TestPem.privateKey(current));
        write("previous.pem", TestPem.publicKey(previous));
        write("standby.pem", TestPem.privateKey(standby));
        KeyRing ring = new KeyFolder(folder).read();
        assertThat(ring.verifying().keySet())
                .containsExactly(
                        KeyRing.thumbprint(current.getPublic()),
                        KeyRing.thumbprint(previous.getPublic()),
                        KeyRing.thumbprint(standby.getPublic()));
        assertThat(ring.published())
                .allSatisfy(key -> assertThat(key).containsKeys("kty", "crv", "x", "y", "kid", "use", "alg"))
                .noneSatisfy(key -> assertThat(key).containsKey("d"));
    }

    @Test
    void previousKeysOfAnyDateArePublishedWhateverElseIsThere() throws IOException {
        write("current.pem", TestPem.privateKey(TestPem.generate()));
        KeyPair older = TestPem.generate();
        KeyPair newer = TestPem.generate();
        write("previous-20260102.pem", TestPem.privateKey(newer));
        write("previous-20260101.pem", TestPem.publicKey(older));
        write("README.txt", "not a key");
        write(".previous.pem.swp", "not a key");
        assertThat(new KeyFolder(folder).read().verifying().keySet())
                .hasSize(3)
                .endsWith(KeyRing.thumbprint(older.getPublic()), KeyRing.thumbprint(newer.getPublic()));
        for (int i = 0; i < 14; i++) {
            write("previous-" + i + ".pem", TestPem.publicKey(older));
        }
        assertUnreadable("holds more than 15 previous and standby keys");
    }

    @Test
    void aFaultNamesTheFileAndNothingOfTheKey() throws IOException {
        assertUnreadable("current.pem is missing");
        write("current.pem", "");
        assertUnreadable("current.pem holds no PEM block");
        write("current.pem", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertUnreadable("current.pem is no EC key");
        write("current.pem", TestPem.privateKey(TestPem.generate("secp384r1")));
        assertUnreadable("current.pem is no key of the curve P-256");
        write("current.pem", TestPem.publicKey(TestPem.generate()));
        assertUnreadable("current.pem must hold a private key");
        write("current.pem", "x".repeat(20_000));
        assertUnreadable("current.pem is larger than any key");
        write("current.pem", TestPem.privateKey(TestPem.generate()));
        write("standby.pem", "half a fi");
        assertUnreadable("standby.pem holds no PEM block");
        Files.delete(folder.resolve("standby.pem"));
        write("data.key", "c2VjcmV0");
        assertUnreadable("data.key must hold 32 bytes in base 64 on each line");
        write("data.key", "\n");
        assertUnreadable("data.key must hold 1 to 8 keys, one a line");
        Files.delete(folder.resolve("data.key"));
        assertUnreadable("data.key is missing");
    }

    private void assertUnreadable(String message) {
        assertThatThrownBy(() -> new KeyFolder(folder).read())
                .isInstanceOf(KeyUnreadableException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("c2VjcmV0");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}

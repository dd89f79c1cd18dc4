package dev.drover.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.config.Variable;

class AuthServiceTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWithAKeyIsAllItNeedsOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("current.pem"), TestPem.privateKey(TestPem.generate()));
        Files.writeString(folder.resolve("data.key"), TestPem.dataKey());
        assertThat(faults(folder.toString())).isEmpty();
    }

    @Test
    void aFolderWithoutAUsableKeyKeepsItFromStarting() throws IOException {
        assertThat(faults(folder.toString())).containsExactly("JWT_KEYS");
        Files.writeString(folder.resolve("current.pem"), "nonsense");
        assertThat(faults(folder.toString())).containsExactly("JWT_KEYS");
        Files.writeString(folder.resolve("current.pem"), TestPem.privateKey(TestPem.generate()));
        assertThat(faults(folder.toString())).as("without data.key").containsExactly("JWT_KEYS");
        assertThat(faults("/no/such/folder")).containsExactly("JWT_KEYS");
        assertThat(faults("\u0000")).containsExactly("JWT_KEYS");
        assertThat(faults("")).containsExactly("JWT_KEYS");
    }

    private static List<String> faults(String keys) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "REDIS_URL", "redis://localhost:6379",
                "JWT_ISSUER", "http://localhost:8080",
                "PUBLIC_BASE_URL", "http://localhost:8080",
                "JWT_KEYS", keys));
        return AuthService.contract().faults(environment).stream()
                .map(Variable.Fault::name)
                .toList();
    }
}

package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomSettingsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void whatIsMissingIsToldAtOnceAndNothingSecretHasADefault() {
        assertThatThrownBy(() -> RoomSettings.of(Map.of()))
                .hasMessageContaining("LAB_NAMESPACE")
                .hasMessageContaining("LAB_TOKEN_FILE")
                .hasMessageContaining("PUBLIC_BASE_URL");
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefused() throws Exception {
        Map<String, String> environment = whole();
        Files.writeString(folder.resolve("token"), "short\n");

        assertThatThrownBy(() -> RoomSettings.of(environment))
                .hasMessageContaining("fewer than 32")
                .hasMessageNotContaining("short");
    }

    @Test
    void whatIsGivenIsTaken() throws Exception {
        Map<String, String> environment = whole();
        environment.put("LAB_ORIGINS", "http://localhost:8090, https://room.example.org");
        environment.put("S3_PUBLIC_ENDPOINT", "http://localhost:8081/some/path");
        environment.put("LAB_SMTP_PORT", "2525");

        RoomSettings settings = RoomSettings.of(environment);

        assertThat(settings.origins())
                .containsExactly("http://localhost:8080", "http://localhost:8090", "https://room.example.org");
        assertThat(settings.storeOrigin()).isEqualTo("http://localhost:8081");
        assertThat(settings.smtpPort()).contains(2525);
        assertThat(settings.edge()).hasToString("http://edge");
        assertThat(settings.token()).isEqualTo(TOKEN);
        assertThat(settings).asString().doesNotContain(TOKEN);
    }

    @Test
    void whatIsNoOriginOrPortIsRefused() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "LAB_ORIGINS", "room.example.org",
                        "PORT", "0",
                        "LAB_EDGE_URL", "http://edge/path",
                        "LAB_NAMESPACE", "Not A Namespace")
                .entrySet()) {
            Map<String, String> environment = whole();
            environment.put(wrong.getKey(), wrong.getValue());

            assertThatThrownBy(() -> RoomSettings.of(environment))
                    .as(wrong.getKey())
                    .hasMessageContaining(wrong.getKey());
        }
    }

    private Map<String, String> whole() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        return new HashMap<>(Map.of(
                "LAB_NAMESPACE",
                "herd",
                "LAB_TOKEN_FILE",
                file.toString(),
                "PUBLIC_BASE_URL",
                "http://localhost:8080"));
    }
}

package dev.drover.lab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path data;

    private SuiteKeys keys;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        keys = SuiteKeys.in(data);
        assertThat(keys.areThere()).isFalse();
        folder = keys.prepared();
    }

    @Test
    void preparingAgainKeepsTheKeys() throws IOException {
        assertThat(names()).containsExactly("current.pem", "data.key", "standby.pem");
        String current = read("current.pem");
        String dataKey = read("data.key");
        keys.prepared();
        assertThat(read("current.pem")).isEqualTo(current);
        assertThat(read("data.key")).isEqualTo(dataKey);
        assertThat(keys.areThere()).isTrue();
    }

    @Test
    void theStandbyKeySignsAndTheOneBeforeStaysPublished() throws IOException {
        String current = read("current.pem");
        String standby = read("standby.pem");
        keys.rotate(NOW);
        assertThat(names()).containsExactly("current.pem", "data.key", "previous-20260102T030405Z.pem", "standby.pem");
        assertThat(read("previous-20260102T030405Z.pem")).isEqualTo(current);
        assertThat(read("current.pem")).isEqualTo(standby);
        assertThat(read("standby.pem")).isNotIn(current, standby);
    }

    @Test
    void whatNoTokenCanBeOfAnyMoreGoesAndWhatSomebodyNamedStays() throws IOException {
        Files.writeString(folder.resolve("previous-mine.pem"), "mine");
        keys.rotate(NOW);
        keys.rotate(NOW.plus(Duration.ofMinutes(59)));
        keys.rotate(NOW.plus(Duration.ofMinutes(61)));
        assertThat(names())
                .containsExactly(
                        "current.pem",
                        "data.key",
                        "previous-20260102T040305Z.pem",
                        "previous-20260102T040505Z.pem",
                        "previous-mine.pem",
                        "standby.pem");
    }

    @Test
    void aStandbyKeyIsPublishedForAWhileBeforeItSigns() throws IOException {
        Instant made = Files.getLastModifiedTime(folder.resolve("standby.pem")).toInstant();
        assertThat(keys.untilRotation(made)).isEqualTo(SuiteKeys.PUBLISHED_AFTER);
        assertThat(keys.untilRotation(made.plus(SuiteKeys.PUBLISHED_AFTER)).isPositive())
                .isFalse();
        Files.delete(folder.resolve("standby.pem"));
        assertThat(keys.untilRotation(Instant.now())).isPositive();
        assertThat(names()).contains("standby.pem");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}

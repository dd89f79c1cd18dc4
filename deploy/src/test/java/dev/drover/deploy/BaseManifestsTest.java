package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class BaseManifestsTest {

    private static final Path BASE = Repository.DEPLOY.resolve("base");

    @Test
    void theBaseSaysWhatTheServicesPropertiesSay() throws IOException {
        SortedMap<String, String> expected = BaseManifests.of(Repository.HOME);
        SortedMap<String, String> committed = new TreeMap<>();
        for (String path : expected.keySet()) {
            Path file = BASE.resolve(path);
            committed.put(path, Files.exists(file) ? Files.readString(file) : "(missing)");
        }

        assertThat(committed)
                .as("deploy/base is stale: ./drover manifests renews it")
                .isEqualTo(expected);
    }

    @Test
    void noFolderIsLeftOfAServiceThatIsGone() throws IOException {
        List<String> written = BaseManifests.of(Repository.HOME).keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/')))
                .distinct()
                .toList();

        try (Stream<Path> folders = Files.list(BASE).filter(Files::isDirectory)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).hasSameElementsAs(written);
        }
    }
}

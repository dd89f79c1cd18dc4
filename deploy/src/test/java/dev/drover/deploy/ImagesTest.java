package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What every image has in common, and how an overlay names one. */
class ImagesTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @Test
    void everyImageStandsOnABaseOfOnesChoiceSaysWhatItIsAndRunsAsNobody() throws IOException {
        try (Stream<Path> files = Files.list(Repository.DEPLOY.resolve("images"))) {
            List<Path> dockerfiles = files.filter(
                            file -> file.getFileName().toString().startsWith("Dockerfile."))
                    .toList();
            assertThat(dockerfiles).hasSize(4);
            for (Path file : dockerfiles) {
                String name = file.getFileName().toString();
                List<String> lines = Files.readAllLines(file);
                assertThat(lines.stream().filter(line -> line.startsWith("ARG BASE_IMAGE=")))
                        .as(name)
                        .singleElement()
                        .asString()
                        .matches("ARG BASE_IMAGE=[a-z0-9.]+/.+:.+")
                        .doesNotContain("latest");
                assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
                        .as(name)
                        .allMatch(line -> line.startsWith("FROM ${BASE_IMAGE}"));
                assertThat(lines).as(name).contains("USER 65532:65532");
                assertThat(lines).as(name).anyMatch(line -> line.startsWith("ENTRYPOINT [\""));
                for (String label : List.of("title", "version", "revision", "licenses")) {
                    assertThat(String.join("\n", lines)).as(name).contains("org.opencontainers.image." + label + "=");
                }
            }
        }
    }

    @Test
    void aDigestTakesThePlaceOfATag() {
        Manifests pinned = new Manifests("pinned", Kustomize.overlayWith("production", """
                images:
                  - name: registry.example.org/drover/auth-service
                    digest: %s
                """.formatted(DIGEST)));

        assertThat(pinned.podTemplates()
                        .get("auth-service")
                        .at("/spec/containers/0/image")
                        .asText())
                .isEqualTo("registry.example.org/drover/auth-service@" + DIGEST);
    }
}

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The lab's pages in a real browser, by Playwright: what the browser is told to do stands in {@code src/test/node/room}. */
class ControlRoomIT {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "room.test.js");
    private static final int SECONDS_MAX = 240;

    @Test
    void thePagesDoWhatAPersonExpects() throws Exception {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        assumeThat(chromium)
                .as("a Chromium: without it nobody looks at the pages")
                .isPresent();
        assumeThat(onPath("npm")).as("npm: it brings what steers the browser").isPresent();
        Suite suite = Suite.shared();
        Path folder = Files.createDirectories(Path.of("target", "room").toAbsolutePath());
        for (String file : FILES) {
            Files.copy(Path.of("src/test/node/room", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(folder, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

        run(
                folder,
                Map.of(
                        "GATEWAY", suite.gateway().toString(),
                        "CHROMIUM", chromium.get().toString(),
                        "SCREENSHOTS", folder.toString()),
                "node",
                "--test",
                "--test-reporter=spec",
                "room.test.js");
    }

    private static void run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", List.of(command), Files.readString(output))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Optional<Path> onPath(String... programs) {
        List<Path> folders =
                Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
        return Stream.of(programs)
                .flatMap(program -> folders.stream().map(folder -> folder.resolve(program)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

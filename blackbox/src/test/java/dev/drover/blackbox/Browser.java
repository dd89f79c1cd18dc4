package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium, steered by Playwright: what it is told to do stands in {@code src/test/node/room}. */
final class Browser {
    private static final Path SOURCES = Path.of("src/test/node/room");
    private static final Path FOLDER = Path.of("target", "room").toAbsolutePath();
    private static final int SECONDS_MAX = 400;

    private static boolean installed;

    private Browser() {}

    /** Runs the tests of a file. */
    static void run(String file, Map<String, String> environment) throws IOException, InterruptedException {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        assumeThat(chromium)
                .as("a Chromium: without it nobody looks at the pages")
                .isPresent();
        assumeThat(onPath("npm")).as("npm: it brings what steers the browser").isPresent();
        install();
        Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("CHROMIUM", chromium.get().toString());
        whole.put("SCREENSHOTS", FOLDER.toString());
        execute(whole, "node", "--test", "--test-reporter=spec", file);
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (installed) {
            return;
        }
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", "pages.js")) {
            Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        execute(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        installed = true;
    }

    private static void execute(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = FOLDER.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
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

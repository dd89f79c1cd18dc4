package dev.drover.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The client that the documentation gives away and the control room uses, by the tests that stand beside it. */
class JavaScriptClientTest {

    @Test
    void theClientOfTheDocumentationSubscribesResumesBacksOffAndStaysAwayAsItSays() throws Exception {
        boolean hasNode = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        assumeThat(hasNode)
                .as("Node runs JavaScript (Debian: apt install nodejs)")
                .isTrue();
        Path tests = Path.of(System.getProperty("drover.home"), "docs", "examples", "drover-realtime.test.js");
        Path said = Path.of("target", "javascript-client.out");
        Process node = new ProcessBuilder("node", "--test", tests.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = node.waitFor(60, TimeUnit.SECONDS);
            assertThat(ended && node.exitValue() == 0)
                    .as("%s", Files.readString(said))
                    .isTrue();
        } finally {
            node.destroyForcibly();
        }
    }
}

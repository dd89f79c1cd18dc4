package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries out what a page of the documentation tells its reader to type, so that the page stays true: all its {@code ```sh} blocks, in
 * their order, in one shell that stops at the first command that fails. A block may check what it got with {@code test}. Blocks of other
 * languages, {@code bash} too, are not carried out.
 */
final class DocumentedFlow {

    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private final Path page;
    private final String script;

    private DocumentedFlow(Path page, String script) {
        this.page = page;
        this.script = script;
    }

    /** @param page from the root of the repository, such as {@code docs/api/auth.md} */
    static DocumentedFlow of(String page) throws IOException {
        Path file = LabProcess.home().resolve(page);
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(file));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        assertThat(blocks).as("```sh blocks of %s", page).isNotEmpty();
        return new DocumentedFlow(file, String.join("\n", blocks));
    }

    /**
     * Runs it where everything a reader has is there: {@code curl}, {@code jq}, and the variables given.
     *
     * @return what it printed
     */
    String run(Map<String, String> variables, Duration within) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "flow-");
        Path commands = Files.writeString(folder.resolve("flow.sh"), script);
        Path output = folder.resolve("output.txt");
        // -u: a variable that no block has set is a mistake of the page; pipefail: so is a curl that failed before a
        // jq.
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-x", commands.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process shell = builder.start();
        boolean ended = shell.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(ended).as("%s ends within %s:\n%s", page, within, printed).isTrue();
        assertThat(shell.exitValue()).as("%s:\n%s", page, printed).isZero();
        return printed;
    }
}

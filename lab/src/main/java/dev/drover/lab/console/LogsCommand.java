package dev.drover.lab.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The ends of the instances' logs, and on request what comes. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show the instances' logs.")
public class LogsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    @Mixin
    Folders folders;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "auth, profile, media, jobs, realtime, or an instance's name.")
    String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes.")
    boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "40",
            description = "Lines of each log (default: ${DEFAULT-VALUE}).")
    int lines;

    private final Terminal terminal = Terminal.ofProcess();
    private final Map<Path, LogTail> tails = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path logs = folders.data().resolve("logs");
        if (!Files.isDirectory(logs)) {
            terminal.failed("there are no logs in " + logs);
            return 1;
        }
        print(logs, lines);
        if (tails.isEmpty()) {
            terminal.failed("no log of " + service + " is in " + logs);
            return 1;
        }
        while (follow) {
            Thread.sleep(POLL_MILLIS);
            print(logs, Integer.MAX_VALUE);
        }
        return 0;
    }

    private void print(Path logs, int atMost) throws IOException {
        for (Path file : matching(logs)) {
            String instance = file.getFileName().toString().replaceFirst("\\.log$", "");
            List<String> fresh = tails.computeIfAbsent(file, LogTail::new).newLines();
            fresh.stream()
                    .skip(Math.max(0, fresh.size() - atMost))
                    .forEach(line -> terminal.line(instance + " | " + line));
        }
    }

    private List<Path> matching(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().matches("[a-z0-9-]+\\.log"))
                    .filter(file -> file.getFileName().toString().startsWith(service))
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList();
        }
    }
}

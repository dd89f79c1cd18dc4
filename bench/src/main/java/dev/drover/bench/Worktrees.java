package dev.drover.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.drover.bench.row.Compared.Build;

/** Commits, each checked out and built in a folder of its own under target/, where it stays for the next comparison. */
final class Worktrees {

    private static final String SERVICES = "auth-service,profile-service,media-service,jobs-service,realtime-service";

    private final Path home;

    Worktrees(Path home) {
        this.home = home;
    }

    Build build(String revision) throws IOException, InterruptedException {
        String commit = run(home, List.of("git", "rev-parse", "--short=12", revision + "^{commit}"))
                .strip();
        Path tree = home.resolve("target/bench").resolve(commit);
        Path done = tree.resolve("target/.built");
        if (!Files.exists(done)) {
            System.out.println("Building " + commit);
            if (!Files.isDirectory(tree)) {
                run(home, List.of("git", "worktree", "add", "--force", "--detach", tree.toString(), commit));
            }
            run(
                    tree,
                    List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "-pl",
                            SERVICES,
                            "-am",
                            "-Dmaven.test.skip=true",
                            "-Dspotless.apply.skip=true",
                            "-Dspotless.check.skip=true",
                            "package"));
            Files.createDirectories(done.getParent());
            Files.createFile(done);
        }
        return new Build(commit, tree);
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + said);
        }
        return said;
    }
}

package dev.drover.lab.prove.herd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

/** The cluster the user's own kubectl speaks to, with the user's own rights. */
final class Kubectl {
    private static final Pattern FORWARDED = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) ->.*");
    private static final long ENDS_WITHIN_SECONDS = 240;

    private final String program;
    private final String namespace;

    /** @param program {@code kubectl}, or its path */
    Kubectl(String program, String namespace) {
        this.program = program;
        this.namespace = namespace;
    }

    JsonObject json(String... arguments) throws IOException, InterruptedException {
        List<String> command = command(arguments);
        command.add("-o");
        command.add("json");
        return new JsonObject(run(command));
    }

    void run(String... arguments) throws IOException, InterruptedException {
        run(command(arguments));
    }

    /** A port of this machine that leads to one of {@code target}; it is closed with the process. */
    Forward forward(String target, int port) throws IOException {
        Process process = new ProcessBuilder(command("port-forward", target, ":" + port))
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher forwarded = FORWARDED.matcher(line);
            if (forwarded.matches()) {
                // What it says later is of no interest, but must not fill the pipe.
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return new Forward(process, Integer.parseInt(forwarded.group(1)));
            }
        }
        process.destroy();
        throw new IOException("nothing is forwarded to " + target);
    }

    record Forward(Process process, int port) implements AutoCloseable {
        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "-n", namespace));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(false).start();
        StringBuilder errors = new StringBuilder();
        Thread complaints = Thread.ofVirtual().start(() -> read(process, errors));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " does not end");
        }
        complaints.join();
        if (process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command) + ": " + errors.toString().strip());
        }
        return output;
    }

    private static void read(Process process, StringBuilder into) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            lines.lines().limit(20).forEach(line -> into.append(line).append(' '));
        } catch (IOException e) {
            into.append(e.getMessage());
        }
    }
}

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instances of a service beside those of a suite, on its stores, with an environment of their own. */
final class Instances implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    private final Suite suite;
    private final String service;
    private final Path folder;
    private final List<Path> logs = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();

    /** Of profile-service. */
    Instances(Suite suite, Path folder) {
        this(suite, "profile", folder);
    }

    Instances(Suite suite, String service, Path folder) {
        this.suite = suite;
        this.service = service;
        this.folder = folder;
    }

    List<URI> addresses() {
        return addresses;
    }

    /** @param number in the order they were started in, from 0 */
    long pid(int number) {
        return processes.get(number).pid();
    }

    /** All at once; returns when they listen. */
    void start(List<Map<String, String>> environments) throws IOException {
        for (Map<String, String> environment : environments) {
            launch(environment);
        }
        awaitListening();
    }

    /** One, which may not listen yet. */
    void launch(Map<String, String> environment) throws IOException {
        launch(suite.command(service), environment);
    }

    /** One that is started otherwise than those of the suite. */
    void launch(List<String> command, Map<String, String> environment) throws IOException {
        Path log = folder.resolve(service + "-" + processes.size() + ".log");
        logs.add(log);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // What Redis is asked too late is let pass or refused; here that would be a wrong number and not a slow
        // machine.
        Map<String, String> all = new HashMap<>(Map.of(
                "REDIS_URL", suite.redisUrl(),
                "REDIS_TIMEOUT", "PT5S",
                "RATE_LIMIT_WRITE", "off",
                "RATE_LIMIT_READ", "off",
                "BIND_HOST", "127.0.0.1",
                "PORT", "0",
                "MANAGEMENT_PORT", "0",
                "JWT_ISSUER", suite.gateway().toString(),
                "PUBLIC_BASE_URL", suite.gateway().toString(),
                "JWKS_URL",
                        suite.gateway().resolve("/auth/.well-known/jwks.json").toString()));
        all.put("LOG_FORMAT", "text");
        all.put("INSTANCE_ID", "own-" + processes.size());
        all.putAll(environment);
        builder.environment().putAll(all);
        processes.add(builder.start());
    }

    /** Their addresses are known from then on. */
    void awaitListening() {
        logs.subList(addresses.size(), logs.size()).forEach(log -> addresses.add(address(log)));
    }

    /** By itself, in good time; what it said until then. */
    Ended awaitEnded(int number) throws InterruptedException {
        Process process = processes.get(number);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        return new Ended(process.exitValue(), text(logs.get(number)));
    }

    record Ended(int exitCode, String log) {}

    private static URI address(Path log) {
        List<URI> found = new ArrayList<>();
        Eventually.within(Duration.ofSeconds(90)).until(() -> {
            Matcher line = LISTENING.matcher(text(log));
            return line.find() && found.add(URI.create(line.group(1)));
        });
        return found.getFirst();
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}

package dev.drover.bench.suite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A service as its image starts it: from a plain class path, with deploy/images/jvm.options, and the heap its pod would have. */
public enum Service {
    AUTH("auth-service", "dev.drover.auth.AuthService"),
    PROFILE("profile-service", "dev.drover.profile.ProfileService"),
    MEDIA("media-service", "dev.drover.media.MediaService"),
    JOBS("jobs-service", "dev.drover.jobs.JobsService"),
    REALTIME("realtime-service", "dev.drover.realtime.RealtimeService"),
    /** Of the benchmark: an endpoint that does nothing. */
    BARE("bench/bare", "io.quarkus.runner.GeneratedMain");

    private static final List<String> JARS = List.of("quarkus", "app", "lib/boot", "lib/main");
    private static final Pattern HEAP_PERCENT = Pattern.compile("MaxRAMPercentage=(\\d+)");
    private static final Pattern POD_MEMORY = Pattern.compile("limits:\\s+memory: (\\d+)Mi");
    private static final Path OPTIONS = Path.of("deploy/images/jvm.options");
    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

    private final String module;
    private final String mainClass;

    Service(String module, String mainClass) {
        this.module = module;
        this.mainClass = mainClass;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the image takes of the memory its pod may have. */
    public int heapMebibytes(Path home) {
        String pod = this == BARE ? PROFILE.module : module;
        int memory = number(POD_MEMORY, home.resolve("deploy/base").resolve(pod).resolve("deployment.yaml"));
        return memory * number(HEAP_PERCENT, home.resolve(OPTIONS)) / 100;
    }

    private static int number(Pattern pattern, Path file) {
        try {
            Matcher found = pattern.matcher(Files.readString(file));
            if (!found.find()) {
                throw new IllegalStateException(file + " has no " + pattern);
            }
            return Integer.parseInt(found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param flags more than the image has, or other ones: the last of a kind counts */
    public List<String> command(Path home, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(home));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(home), mainClass));
        return command;
    }

    /** Of the image, with the heap of its pod. */
    public List<String> flags(Path home) {
        List<String> flags = new ArrayList<>(options(home));
        flags.add("-Xmx" + heapMebibytes(home) + "m");
        return flags;
    }

    private static List<String> options(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve(OPTIONS))) {
            // The heap is said in numbers, because this machine's memory is not the pod's.
            return lines.filter(line -> line.startsWith("-") && !line.contains("RAMPercentage"))
                    .filter(line ->
                            !line.contains("unsafe") || Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(Path home) {
        return home.resolve(module).resolve("target/quarkus-app");
    }

    private String classPath(Path home) {
        return String.join(
                File.pathSeparator,
                JARS.stream()
                        .map(folder(home)::resolve)
                        .filter(Files::isDirectory)
                        .flatMap(Service::jars)
                        .toList());
    }

    /** Rewritten classes before generated ones, as the image has them, and always in the same order: a recorded start is good for one class path. */
    private static Stream<String> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> jars = files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted(Comparator.comparing((String jar) -> !jar.contains("transformed-bytecode"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            return jars.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.drover.lab.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a service is started: the same flags when its start is recorded and when the recording is used, or the JVM would refuse it. */
public final class JavaCommand {
    /** Since this release one flag records an AOT cache; before it, the archive holds classes only. */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

    private final PackagedApplication application;
    private final int heapMebibytes;

    private JavaCommand(PackagedApplication application, int heapMebibytes) {
        this.application = application;
        this.heapMebibytes = heapMebibytes;
    }

    public static JavaCommand of(Service service, Path home) {
        PackagedApplication application = new PackagedApplication(service.applicationFolder(home), service.mainClass());
        return new JavaCommand(application, service.heapMebibytes());
    }

    /** The start is recorded into {@link #cache()} when the process ends. */
    public List<String> recording() {
        String flag = hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
        return command(List.of(flag + cache()));
    }

    /** Uses the recording when there is one, made from this very build. */
    public List<String> running() {
        if (!isRecorded()) {
            return command(List.of());
        }
        String flag = hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        return command(List.of(flag + cache()));
    }

    public boolean isBuilt() {
        return Files.isRegularFile(jar());
    }

    public boolean isRecorded() {
        try {
            return Files.isRegularFile(cache())
                    && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(jar())) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** One file per Java release: a JVM cannot use another's. */
    public Path cache() {
        return application
                .folder()
                .resolveSibling("drover-" + Runtime.version().feature() + (hasAotCache() ? ".aot" : ".jsa"));
    }

    public Path jar() {
        return application.runJar();
    }

    private static boolean hasAotCache() {
        return Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
    }

    private List<String> command(List<String> recordingFlags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMebibytes + "m");
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "-XX:+ExitOnOutOfMemoryError"));
        if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
            // Netty's use of it is Netty's affair, and the JVM would write of it, in no form of ours, into every log.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(recordingFlags);
        command.addAll(application.arguments());
        return command;
    }
}

package dev.drover.lab.fleet;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The services of the suite, as the lab knows them: where their build is, which paths they serve, what memory they get. */
public enum Service {
    /** Argon2id works in blocks of 19 MiB, one per login in progress. */
    AUTH("auth-service", 160, "/auth"),
    PROFILE("profile-service", 96, "/profiles", "/flags", "/ofrep"),
    MEDIA("media-service", 128, "/media"),
    /** Decodes images of many megapixels. */
    JOBS("jobs-service", 256, "/jobs", "/queues", "/limits", "/schedules"),
    REALTIME("realtime-service", 96, "/realtime");

    private final String module;
    private final int heapMebibytes;
    private final List<String> pathPrefixes;

    Service(String module, int heapMebibytes, String... pathPrefixes) {
        this.module = module;
        this.heapMebibytes = heapMebibytes;
        this.pathPrefixes = List.of(pathPrefixes);
    }

    /** The service that answers {@code path}: prefixes end at a segment, so {@code /authors} is nobody's. */
    public static Optional<Service> serving(String path) {
        return Arrays.stream(values()).filter(service -> service.serves(path)).findFirst();
    }

    public static Optional<Service> named(String label) {
        return Arrays.stream(values())
                .filter(service -> service.label().equals(label))
                .findFirst();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code dev.drover.auth.AuthService}: every service is named this way. */
    String mainClass() {
        String capitalised = name().charAt(0) + label().substring(1);
        return "dev.drover." + label() + "." + capitalised + "Service";
    }

    int heapMebibytes() {
        return heapMebibytes;
    }

    public Path applicationFolder(Path home) {
        return home.resolve(module).resolve("target/quarkus-app");
    }

    private boolean serves(String path) {
        return pathPrefixes.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}

package dev.drover.lab.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.lab.fleet.JavaCommand;
import dev.drover.lab.fleet.Service;

/**
 * What is to be started.
 *
 * @param replicas     instances of each service, at first
 * @param autoscaledTo to how many instances a service may grow; empty when nothing scales it
 */
public record SuitePlan(Path home, int port, int replicas, Optional<Integer> autoscaledTo, Launch launch) {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    private static final Duration STOP_AND_RECORD_WITHIN = Duration.ofMinutes(3);

    public SuitePlan {
        if (replicas < 1 || replicas > 50) {
            throw new IllegalArgumentException("replicas must be between 1 and 50: " + replicas);
        }
        if (autoscaledTo.isPresent() && (autoscaledTo.get() < replicas || autoscaledTo.get() > 50)) {
            throw new IllegalArgumentException(
                    "--max-replicas must be between --replicas and 50: " + autoscaledTo.get());
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535: " + port);
        }
    }

    /** Nothing scales it. */
    public SuitePlan(Path home, int port, int replicas, Launch launch) {
        this(home, port, replicas, Optional.empty(), launch);
    }

    List<String> command(Service service) {
        JavaCommand command = JavaCommand.of(service, home);
        return switch (launch) {
            case RUN -> command.running();
            case RECORD -> command.recording();
        };
    }

    /** What starts a proof on this suite, without its options. */
    List<String> proofCommand(Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx384m",
                "-jar",
                home.resolve("lab/target/quarkus-app/quarkus-run.jar").toString(),
                "prove",
                "--data",
                data.toAbsolutePath().toString());
    }

    Duration stopWithin() {
        return switch (launch) {
            case RUN -> STOP_WITHIN;
            case RECORD -> STOP_AND_RECORD_WITHIN;
        };
    }

    /** Whether the starts are used or recorded. */
    public enum Launch {
        RUN,
        RECORD
    }
}

package dev.drover.lab.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.drover.lab.fleet.JavaCommand;
import dev.drover.lab.fleet.Service;

/** What is to be started. */
public record SuitePlan(Path home, int port, int replicas, Launch launch) {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
    private static final Duration STOP_AND_RECORD_WITHIN = Duration.ofMinutes(3);

    public SuitePlan {
        if (replicas < 1 || replicas > 50) {
            throw new IllegalArgumentException("replicas must be between 1 and 50: " + replicas);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535: " + port);
        }
    }

    List<String> command(Service service) {
        JavaCommand command = JavaCommand.of(service, home);
        return switch (launch) {
            case RUN -> command.running();
            case RECORD -> command.recording();
        };
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

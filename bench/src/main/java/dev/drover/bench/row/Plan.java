package dev.drover.bench.row;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param each        one measurement
 * @param repetitions of each measurement, the sides in turn
 */
public record Plan(Path home, Path data, Duration each, int repetitions) {

    /** The JVM compiles what is used often; nobody measures that. */
    Duration warmUp() {
        return each.multipliedBy(2);
    }
}

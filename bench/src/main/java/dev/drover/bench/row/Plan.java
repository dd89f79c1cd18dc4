package dev.drover.bench.row;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param each        one measurement
 * @param repetitions of each measurement, the sides in turn
 * @param warmUp      load before the first measurement of a side: a JVM compiles what is used often, and nobody measures that
 */
public record Plan(Path home, Path data, Duration each, int repetitions, Duration warmUp) {}

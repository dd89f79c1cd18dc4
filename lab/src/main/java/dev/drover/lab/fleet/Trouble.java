package dev.drover.lab.fleet;

import java.time.Instant;
import java.util.List;

/** A slot whose instances do not stay: what the last one said before it ended, and when the next is tried. */
public record Trouble(
        String slot, int exitCode, int failures, boolean crashLooping, Instant retryAt, List<String> lastLines) {
    public Trouble {
        lastLines = List.copyOf(lastLines);
    }
}

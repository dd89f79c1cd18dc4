package dev.drover.lab.prove;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that was done to the suite. Told when it is done, and again, with the same number, once what it hit is ready.
 *
 * @param number     1 for the first
 * @param target     an instance, a service or a store
 * @param at         since the proof began
 * @param untilReady from the fault until the fleet was whole again; for a store, until it answered
 */
public record Fault(int number, FaultKind kind, String target, Duration at, Optional<Duration> untilReady) {}

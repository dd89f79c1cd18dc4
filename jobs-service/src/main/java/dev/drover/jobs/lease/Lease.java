package dev.drover.jobs.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job in someone's hands, until {@code expiresAt} by Redis's clock unless they extend it.
 *
 * @param attempt the number of this attempt, from 1
 * @param waited  how long the job could have run and did not
 * @param timeLimit   how long the run may last; the lease ends with it
 * @param traceParent the place in a trace it was added at
 */
public record Lease(
        Hold hold,
        String type,
        String owner,
        String payload,
        int attempt,
        Instant expiresAt,
        Optional<String> checkpoint,
        Duration waited,
        Optional<String> traceParent,
        Optional<Duration> timeLimit) {}

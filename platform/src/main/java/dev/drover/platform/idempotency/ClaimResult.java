package dev.drover.platform.idempotency;

import java.time.Duration;

/** What a run finds when it claims its intention. */
sealed interface ClaimResult {

    /** It is this run's; nobody else runs it until the lease ends. */
    record Begun() implements ClaimResult {}

    /** @param run whose answer it is */
    record Recorded(String run, String answer, Duration age) implements ClaimResult {}

    /** Another run has it. */
    record Running() implements ClaimResult {}

    /** Nobody has it; only for who looked without claiming it. */
    record Free() implements ClaimResult {}

    /** It stands for another request. */
    record Differs() implements ClaimResult {}
}

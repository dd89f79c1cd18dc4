package dev.drover.lab.prove;

import java.time.Duration;

/**
 * Where a proof stands.
 *
 * @param elapsed           since it began
 * @param acknowledged      effects the suite said yes to, all of which are asked for at the end
 * @param unknown           effects whose request was never answered: there once or not at all
 * @param requests          answered ones of the load, retries included
 * @param errors            failures clients saw after all their retries
 * @param lost              acknowledged effects that were asked for and not found; of some it shows before the audit
 * @param duplicated        effects that were found more than once
 * @param late              effects that were found, but not in the time promised
 * @param faults            how many were injected
 * @param requestsPerSecond in the half second before
 * @param p50Millis         of the requests answered in the half second before; 0 without any
 * @param p99Millis         the same
 */
public record Counters(
        Phase phase,
        Duration elapsed,
        long acknowledged,
        long unknown,
        long requests,
        long errors,
        long lost,
        long duplicated,
        long late,
        int faults,
        double requestsPerSecond,
        double p50Millis,
        double p99Millis) {

    public enum Phase {
        /** The suite is started, or waited for. */
        STARTING,
        /** Users are at work, without faults. */
        WARMING,
        /** Users are at work, and faults are injected. */
        FAULTS,
        /** No more faults; what was accepted is given the time to end. */
        SETTLING,
        /** Each acknowledged effect is asked for. */
        AUDITING
    }
}

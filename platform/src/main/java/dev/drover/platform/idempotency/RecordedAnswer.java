package dev.drover.platform.idempotency;

import java.time.Duration;

/**
 * An answer given before, as a {@link ReplayCheck} sees it.
 *
 * @param caller the account it was given to; empty when the route needs none
 * @param route  method and path template
 * @param age    since it was recorded, by Redis's clock
 */
public record RecordedAnswer(String caller, String route, int status, byte[] body, Duration age) {

    /** Whether an answer of this status is one to be given again: it says what was done, or a refusal that follows from the request alone. */
    public static boolean isLasting(int status) {
        return Answer.isRecorded(status);
    }
}

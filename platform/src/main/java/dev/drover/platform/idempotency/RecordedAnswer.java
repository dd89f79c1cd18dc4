package dev.drover.platform.idempotency;

import java.time.Duration;

/**
 * An answer given before, as a {@link ReplayCheck} sees it.
 *
 * @param caller the account it was given to; empty when the route needs none
 * @param route  method and path template
 * @param age    since it was recorded, by Redis's clock
 */
public record RecordedAnswer(String caller, String route, int status, byte[] body, Duration age) {}

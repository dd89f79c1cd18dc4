package dev.drover.platform.ratelimit;

import java.time.Duration;

/**
 * Where a subject stands with a quota.
 *
 * @param remaining  units that could be taken now
 * @param reset      until the quota is whole again, if nothing more is taken
 * @param retryAfter until the units refused can be had; zero when they were given
 */
record Standing(boolean allowed, long remaining, Duration reset, Duration retryAfter) {}

package dev.drover.platform.ratelimit;

import dev.drover.platform.ratelimit.RouteClass.WithoutAnswer;

/** What one policy says of one request. */
sealed interface Decision {

    Policy policy();

    /** A unit was taken. */
    record Allowed(Policy policy, Subject subject, Standing standing) implements Decision {}

    /** There is no unit left. */
    record Limited(Policy policy, Standing standing) implements Decision {}

    /** There is none left, and for now that is only counted. */
    record ShadowLimited(Policy policy, Standing standing) implements Decision {}

    /** Redis did not answer in time. */
    record Unanswered(Policy policy, Throwable cause) implements Decision {}

    /** As the metric names it. */
    default String outcome() {
        return switch (this) {
            case Allowed allowed -> "allowed";
            case Limited limited -> "limited";
            case ShadowLimited limited -> "shadow_limited";
            case Unanswered unanswered ->
                unanswered.policy().withoutAnswer() == WithoutAnswer.OPEN ? "failed_open" : "failed_closed";
        };
    }
}

package dev.drover.profile.handles;

import java.time.Duration;

/**
 * @param reservation how long a handle that was left is kept for its former owner
 * @param reservedMax how many handles one account may have reserved; bounds what one account can keep from others
 * @param claimGrace  how long a claim is left alone before someone else asks whether it is in use; longer than a request takes
 */
public record HandlePolicy(Duration reservation, int reservedMax, Duration claimGrace) {

    public HandlePolicy {
        if (!reservation.isPositive()) {
            throw new IllegalArgumentException("the reservation must be positive: " + reservation);
        }
        if (reservedMax < 1) {
            throw new IllegalArgumentException("at least one handle must be reservable: " + reservedMax);
        }
        if (claimGrace.isNegative()) {
            throw new IllegalArgumentException("the grace of a claim must not be negative: " + claimGrace);
        }
    }
}

package dev.drover.realtime.delivery;

/**
 * The bounds of every feed.
 *
 * @param pageMessages   messages read from the history, or given to a recovering socket, in one step
 * @param tailMessages   newest messages kept in memory per channel
 * @param tailBytes      the same in bytes of rendered frames
 */
public record FeedPolicy(int pageMessages, int tailMessages, long tailBytes) {

    public FeedPolicy {
        if (pageMessages < 1 || tailMessages < 1 || tailBytes < 1) {
            throw new IllegalArgumentException("a feed's bounds must be positive");
        }
    }
}

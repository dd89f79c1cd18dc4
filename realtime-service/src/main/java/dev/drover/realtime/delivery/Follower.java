package dev.drover.realtime.delivery;

import dev.drover.platform.channels.ChannelLog.Position;

/** One subscription of one socket, as the feed sees it. None of the calls may block, except {@link #awaitRoom()}. */
public interface Follower {

    /** Follows from here on; nothing before it was asked for. */
    void subscribed(Position at);

    /** Everything between the two positions will follow, in order, before anything newer. */
    void recovered(Position from, Position to);

    /** Messages cannot be had any more; the next one is the one after {@code at}. */
    void gap(Position at, GapReason reason);

    void deliver(Delivery message);

    /** Called between the pages of a recovery, outside any lock: waits until the socket has taken most of what it was given. False: give up. */
    boolean awaitRoom();

    /** The recovery failed half way; nothing more comes. */
    void abandoned(RuntimeException why);

    enum GapReason {
        /** The history no longer reaches back to the position. */
        HISTORY_TRIMMED,
        /** The channel's history began anew. */
        EPOCH_CHANGED,
        /** The position lies beyond the newest message: it was never given out, or the store lost what it had acknowledged. */
        POSITION_AHEAD
    }
}

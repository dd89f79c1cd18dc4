package dev.drover.realtime.delivery;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.realtime.delivery.Follower.GapReason;

/** A follower inside a feed and the last offset it was given. Guarded by the feed's lock. */
final class Member {

    private final Follower follower;
    private boolean announced;
    String epoch;
    long cursor;
    boolean live;

    Member(Follower follower) {
        this.follower = follower;
    }

    void goLiveAt(long offset) {
        cursor = Math.max(cursor, offset);
        live = true;
    }

    void catchUpFrom(String since, long offset) {
        epoch = since;
        cursor = offset;
    }

    /** Once, before the first page: now it is known that the history reaches back. */
    void announce(Position head) {
        if (!announced) {
            announced = true;
            follower.recovered(new Position(epoch, cursor), head);
        }
    }

    void take(Delivery message) {
        if (message.offset() > cursor) {
            cursor = message.offset();
            follower.deliver(message);
        }
    }

    void gap(Position at, GapReason reason) {
        follower.gap(at, reason);
        cursor = at.offset();
        live = true;
    }
}

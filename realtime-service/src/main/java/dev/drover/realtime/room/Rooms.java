package dev.drover.realtime.room;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;

/**
 * Who belongs to which room. A room is the first two segments of a channel's name, so {@code room:42:typing} is a channel of
 * {@code room:42}. Whoever enters a room nobody is in owns it; its owners decide about everybody else, anyone may leave, and the last owner
 * stays, so that a room that once was never becomes a stranger's.
 */
@Singleton
public final class Rooms {

    private final RoomStore store;

    Rooms(RoomStore store) {
        this.store = store;
    }

    public static ChannelName of(ChannelName channel) {
        String[] segments = channel.value().split(":", 3);
        return segments.length < 2 ? channel : new ChannelName(segments[0] + ":" + segments[1]);
    }

    public Optional<Role> role(ChannelName room, String sub) {
        return store.role(room, sub);
    }

    Map<String, Role> members(ChannelName room) {
        return store.members(room);
    }

    Change put(ChannelName room, String by, String sub, Role role) {
        return store.change(room, by, sub, Optional.of(role));
    }

    Change remove(ChannelName room, String by, String sub) {
        return store.change(room, by, sub, Optional.empty());
    }

    /** What a member may do with the others. */
    public enum Role {
        OWNER,
        MEMBER
    }

    /** What became of a wish about a member. */
    enum Change {
        CREATED,
        CHANGED,
        UNCHANGED,
        REMOVED,
        FORBIDDEN,
        FULL,
        LAST_OWNER
    }
}

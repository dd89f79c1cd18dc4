package dev.drover.realtime.room;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;
import dev.drover.realtime.room.RoomStore.Noted;

/**
 * Who belongs to which room. A room is the first two segments of a channel's name, so {@code room:42:typing} is a channel of
 * {@code room:42}. Whoever enters a room nobody is in owns it; its owners decide about everybody else, anyone may leave, and the last owner
 * stays, so that a room that once was never becomes a stranger's. An owner may end it, and then its name is not given again for a while.
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

    /** The rooms an account belongs to. */
    Map<ChannelName, Role> of(String sub) {
        return store.roomsOf(sub);
    }

    Change put(ChannelName room, String by, String sub, Role role) {
        Noted noted = note(sub, room);
        if (noted == Noted.FULL) {
            return Change.TOO_MANY_ROOMS;
        }
        Change change = store.change(room, by, sub, Optional.of(role));
        boolean isMember =
                switch (change) {
                    case CREATED, CHANGED, UNCHANGED, LAST_OWNER -> true;
                    case REMOVED, ENDED, FORBIDDEN, FULL, TOO_MANY_ROOMS -> false;
                };
        if (!isMember && noted == Noted.NOTED) {
            forget(room, sub);
        }
        return change;
    }

    /** What was noted and did not come about makes room. */
    private Noted note(String sub, ChannelName room) {
        Noted noted = store.note(sub, room);
        if (noted == Noted.FULL) {
            store.roomsOf(sub);
            noted = store.note(sub, room);
        }
        return noted;
    }

    Change remove(ChannelName room, String by, String sub) {
        Change change = store.change(room, by, sub, Optional.empty());
        if (change == Change.REMOVED) {
            forget(room, sub);
        }
        return change;
    }

    /** Somebody may have let it in again meanwhile: whoever belongs to a room has it noted. */
    private void forget(ChannelName room, String sub) {
        store.forget(sub, room);
        if (store.role(room, sub).isPresent()) {
            store.note(sub, room);
        }
    }

    /** For all; only an owner may. */
    Change end(ChannelName room, String by) {
        return store.end(room, by);
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
        ENDED,
        FORBIDDEN,
        FULL,
        TOO_MANY_ROOMS,
        LAST_OWNER
    }
}

package dev.drover.realtime.room;

import java.util.Map;
import java.util.Optional;

import dev.drover.platform.channels.ChannelName;
import dev.drover.realtime.room.Rooms.Change;
import dev.drover.realtime.room.Rooms.Role;

/**
 * Keeps the members of rooms. Every change is one atomic step that also decides whether {@code by} may make it; a repeat changes nothing.
 * Blocks; fails with {@link dev.drover.platform.redis.StoreUnavailableException}.
 */
interface RoomStore {

    Optional<Role> role(ChannelName room, String sub);

    /** All of them; as many as a room may have. */
    Map<String, Role> members(ChannelName room);

    /** @param role empty to remove the member */
    Change change(ChannelName room, String by, String sub, Optional<Role> role);

    /** Nobody is in the room any more, nobody can enter it, and what was said in it is gone. */
    Change end(ChannelName room, String by);

    /** Notes that an account is about to belong to a room: before it does, so that whoever belongs to one has it noted. */
    Noted note(String sub, ChannelName room);

    /** It does not belong to the room after all. */
    void forget(String sub, ChannelName room);

    /** The rooms the account belongs to, with what it may do there; as many as it may belong to. Forgets what was noted and did not come about. */
    Map<ChannelName, Role> roomsOf(String sub);

    enum Noted {
        NOTED,
        KNOWN,
        FULL
    }
}

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
}

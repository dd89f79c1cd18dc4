package dev.drover.realtime.room;

import java.util.List;
import java.util.Locale;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.Problems;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.connection.Fleet;
import dev.drover.realtime.room.Rooms.Change;

/** The rooms one belongs to, and their end. */
@Path("/realtime/rooms")
@Tag(name = "channels")
@RunOnVirtualThread
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class MyRoomsResource {

    private final Rooms rooms;
    private final Fleet fleet;
    private final ChannelAccess access;
    private final CurrentCaller caller;

    MyRoomsResource(Rooms rooms, Fleet fleet, ChannelAccess access, CurrentCaller caller) {
        this.rooms = rooms;
        this.fleet = fleet;
        this.access = access;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listMyRooms",
            summary = "List the rooms one belongs to",
            description = "All of them by name; an account belongs to 500 at most.")
    @APIResponse(
            responseCode = "200",
            description = "The rooms, and what one is there",
            content = @Content(schema = @Schema(implementation = RoomList.class)))
    public RoomList list() {
        return new RoomList(rooms.of(caller.get().sub()).entrySet().stream()
                .map(room -> new RoomView(
                        room.getKey().value(), room.getValue().name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    @DELETE
    @Path("/{channel}")
    @Operation(
            operationId = "endRoom",
            summary = "End a room one owns, for all",
            description =
                    "Nobody belongs to it any more, all subscriptions in it end, what was said in it is gone, and nobody enters a "
                            + "room of its name for a month.")
    @APIResponse(responseCode = "204", description = "It has ended")
    @Problems("channel_forbidden")
    public void end(@PathParam("channel") String channel) {
        ChannelName room = access.requireRoom(channel);
        Change change = rooms.end(room, caller.get().sub());
        if (change != Change.ENDED) {
            RoomResource.settled(change);
        }
        fleet.clear(room);
    }

    @RegisterForReflection
    @Schema(name = "MyRooms")
    public record RoomList(List<RoomView> items) {}

    @RegisterForReflection
    @Schema(name = "MyRoom")
    public record RoomView(
            @Schema(examples = "room:42") String channel,
            @Schema(enumeration = {"owner", "member"}) String role) {}
}

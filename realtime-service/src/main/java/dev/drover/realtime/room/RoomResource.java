package dev.drover.realtime.room;

import java.util.List;
import java.util.Locale;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.channel.Verb;
import dev.drover.realtime.connection.Fleet;
import dev.drover.realtime.room.Rooms.Change;
import dev.drover.realtime.room.Rooms.Role;

/** Who belongs to a room. */
@Path("/realtime/channels/{channel}/members")
@Tag(name = "channels")
@RunOnVirtualThread
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class RoomResource {

    /** Of whoever is to become a member; whoever is one already, by whatever name, can be removed. */
    private static final String ACCOUNT = "usr_[0-9a-z]{26}";

    private static final String SUB = "[A-Za-z0-9_-]{1,64}";

    private final Rooms rooms;
    private final Fleet fleet;
    private final ChannelAccess access;
    private final CurrentCaller caller;

    RoomResource(Rooms rooms, Fleet fleet, ChannelAccess access, CurrentCaller caller) {
        this.rooms = rooms;
        this.fleet = fleet;
        this.access = access;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "listRoomMembers", summary = "List the members of a room one belongs to")
    @APIResponse(
            responseCode = "200",
            description = "All members by account",
            content = @Content(schema = @Schema(implementation = MemberList.class)))
    @Problems("channel_forbidden")
    public MemberList list(@PathParam("channel") String channel) {
        String sub = caller.get().sub();
        ChannelName room = access.requireRoom(channel);
        access.require(Verb.READ, channel, sub);
        return new MemberList(
                room.value(),
                rooms.members(room).entrySet().stream()
                        .map(member -> MemberView.of(member.getKey(), member.getValue()))
                        .toList());
    }

    @PUT
    @Path("/{sub}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putRoomMember",
            summary = "Let an account into a room, or change its role",
            description = "Whoever enters a room nobody is in owns it. After that its owners decide.")
    @APIResponse(
            responseCode = "200",
            description = "It is a member",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    @Problems({"channel_forbidden", "room_full", "room_ended", "too_many_rooms", "last_owner"})
    public MemberView put(
            @PathParam("channel") String channel,
            @PathParam("sub")
                    @Pattern(regexp = ACCOUNT, message = "must be the id of an account: usr_ and 26 letters and digits")
                    String sub,
            @Valid @NotNull NewMember member) {
        ChannelName room = access.requireRoom(channel);
        Role role = Role.valueOf(member.role().toUpperCase(Locale.ROOT));
        Change change = settled(rooms.put(room, caller.get().sub(), sub, role));
        return MemberView.of(sub, change == Change.CREATED ? Role.OWNER : role);
    }

    @DELETE
    @Path("/{sub}")
    @Operation(operationId = "removeRoomMember", summary = "Leave a room, or have an account leave it")
    @APIResponse(responseCode = "204", description = "It is no member any more")
    @Problems({"channel_forbidden", "last_owner", "room_ended"})
    public void remove(@PathParam("channel") String channel, @PathParam("sub") @Pattern(regexp = SUB) String sub) {
        ChannelName room = access.requireRoom(channel);
        settled(rooms.remove(room, caller.get().sub(), sub));
        fleet.expel(room, sub);
    }

    static Change settled(Change change) {
        return switch (change) {
            case CREATED, CHANGED, UNCHANGED, REMOVED -> change;
            case ENDED -> throw new ServiceException(RealtimeError.ROOM_ENDED, "Take another name.");
            case TOO_MANY_ROOMS ->
                throw new ServiceException(RealtimeError.TOO_MANY_ROOMS, "The account has to leave another first.");
            case FORBIDDEN ->
                throw new ServiceException(
                        RealtimeError.CHANNEL_FORBIDDEN, "Only an owner of the room decides about it and its members.");
            case FULL -> throw new ServiceException(RealtimeError.ROOM_FULL, "Somebody has to leave first.");
            case LAST_OWNER ->
                throw new ServiceException(RealtimeError.LAST_OWNER, "Make another member an owner first.");
        };
    }

    @RegisterForReflection
    @Schema(name = "NewRoomMember", requiredProperties = "role")
    public record NewMember(
            @NotNull @Pattern(regexp = "owner|member") @Schema(enumeration = {"owner", "member"})
            String role) {}

    @RegisterForReflection
    @Schema(name = "RoomMembers")
    public record MemberList(String channel, List<MemberView> members) {}

    @RegisterForReflection
    @Schema(name = "RoomMember")
    public record MemberView(
            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String sub,

            @Schema(enumeration = {"owner", "member"}) String role) {

        static MemberView of(String sub, Role role) {
            return new MemberView(sub, role.name().toLowerCase(Locale.ROOT));
        }
    }
}

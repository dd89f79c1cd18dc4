package dev.drover.realtime.presence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.Problems;
import dev.drover.realtime.channel.ChannelAccess;
import dev.drover.realtime.channel.Verb;
import dev.drover.realtime.presence.PresenceReader.Attendance;

/** Who follows a channel. */
@Path("/realtime/channels/{channel}/presence")
@Tag(name = "channels")
@RunOnVirtualThread
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {

    private final ChannelAccess access;
    private final PresenceReader presence;
    private final CurrentCaller caller;

    PresenceResource(ChannelAccess access, PresenceReader presence, CurrentCaller caller) {
        this.access = access;
        this.presence = presence;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listPresence",
            summary = "Read who follows a channel, on any instance",
            description =
                    "In the order of the accounts' ids. Who comes and goes is told on the channel `presence:{channel}`.")
    @APIResponse(
            responseCode = "200",
            description = "A page of accounts with the number of their sockets",
            content = @Content(schema = @Schema(implementation = PresenceView.class)),
            headers = @Header(name = "Link", ref = "Link"))
    @Problems("channel_forbidden")
    public Response list(
            @PathParam("channel") String channel,
            @QueryParam("cursor")
                    @DefaultValue("")
                    @Size(max = 64)
                    @Schema(description = "`nextCursor` of the page before")
                    String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit) {
        ChannelName known = access.require(Verb.PRESENCE, channel, caller.get().sub());
        Attendance page = presence.read(known, cursor, limit);
        Response.ResponseBuilder answer = Response.ok(PresenceView.of(known, page));
        page.next()
                .ifPresent(next -> answer.header(
                        HttpHeaders.LINK,
                        "</realtime/channels/" + known.value() + "/presence?limit=" + limit + "&cursor="
                                + URLEncoder.encode(next, StandardCharsets.UTF_8) + ">; rel=\"next\""));
        return answer.build();
    }

    /** @param total members in all */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Presence")
    public record PresenceView(
            String channel,
            long total,
            List<MemberView> members,

            @Schema(description = "For the next page; none on the last") @Nullable
            String nextCursor) {

        static PresenceView of(ChannelName channel, Attendance attendance) {
            return new PresenceView(
                    channel.value(),
                    attendance.total(),
                    attendance.members().stream()
                            .map(member -> new MemberView(member.sub(), member.connections()))
                            .toList(),
                    attendance.next().orElse(null));
        }
    }

    @RegisterForReflection
    @Schema(name = "PresentMember")
    public record MemberView(
            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String sub,

            int connections) {}
}

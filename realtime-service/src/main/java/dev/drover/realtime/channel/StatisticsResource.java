package dev.drover.realtime.channel;

import java.time.Instant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.channel.ChannelStatistics.Statistics;
import dev.drover.realtime.connection.Fleet;

/** How channels are doing, for admins. */
@Path("/realtime/channels/{channel}/statistics")
@Tag(name = "channels")
@RunOnVirtualThread
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {

    private final ChannelStatistics statistics;
    private final Fleet fleet;

    StatisticsResource(ChannelStatistics statistics, Fleet fleet) {
        this.statistics = statistics;
        this.fleet = fleet;
    }

    @GET
    @Operation(
            operationId = "showChannelStatistics",
            summary = "Show how a channel is doing",
            description = "Costs the same for any channel, and one look-up for each instance.")
    @APIResponse(
            responseCode = "200",
            description = "Its figures",
            content = @Content(schema = @Schema(implementation = StatisticsView.class)))
    @Problems({})
    public StatisticsView show(@PathParam("channel") String channel) {
        ChannelName known = ChannelAccess.named(channel);
        if (known.value().startsWith("presence:") && known.presenceOf().isEmpty()) {
            throw ServiceException.invalid("/channel", "is no channel of presence");
        }
        return StatisticsView.of(known, statistics.of(known), fleet.subscribers(known));
    }

    /**
     * @param subscribers sockets that follow it, over all instances, of half a second ago
     * @param present     accounts, where presence is kept
     * @param messages    kept
     * @param bytes       of data kept
     */
    @RegisterForReflection
    @Schema(name = "ChannelStatistics")
    public record StatisticsView(
            String channel,
            @Schema(nullable = true) String epoch,
            long offset,
            int subscribers,
            long present,
            long messagesPerMinute,
            long messages,
            long bytes,
            @Schema(nullable = true, format = "date-time") String oldestAt,

            @Schema(nullable = true, format = "date-time") String newestAt) {

        static StatisticsView of(ChannelName channel, Statistics figures, int subscribers) {
            return new StatisticsView(
                    channel.value(),
                    figures.epoch().orElse(null),
                    figures.offset(),
                    subscribers,
                    figures.present(),
                    figures.messagesPerMinute(),
                    figures.messages(),
                    figures.bytes(),
                    figures.oldestAt().map(Instant::toString).orElse(null),
                    figures.newestAt().map(Instant::toString).orElse(null));
        }
    }
}

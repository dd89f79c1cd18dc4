package dev.drover.realtime.channel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.channels.ChannelLog.Appended;
import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.ratelimit.RateLimited;
import dev.drover.platform.ratelimit.RouteClass;
import dev.drover.realtime.delivery.ChannelHistory;
import dev.drover.realtime.delivery.ChannelMessage;
import dev.drover.realtime.delivery.Slice;

/** Channels without a socket: publish, and read what is kept. */
@Path("/realtime/channels/{channel}/messages")
@Tag(name = "channels")
@RunOnVirtualThread
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public class ChannelResource {

    private static final String ROUTE = "POST /realtime/channels/{channel}/messages";
    private static final java.util.regex.Pattern SINCE =
            java.util.regex.Pattern.compile("([A-Za-z0-9_-]{1,64}):(\\d{1,18})");

    private final ChannelAccess access;
    private final Publishing publishing;
    private final ChannelHistory history;
    private final Ids ids;
    private final CurrentCaller caller;

    ChannelResource(
            ChannelAccess access, Publishing publishing, ChannelHistory history, Ids ids, CurrentCaller caller) {
        this.access = access;
        this.publishing = publishing;
        this.history = history;
        this.ids = ids;
        this.caller = caller;
    }

    @POST
    @RateLimited(RouteClass.PUBLISH)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "publishMessage", summary = "Publish a message on a channel")
    @APIResponse(
            responseCode = "201",
            description = "Where the message is",
            content = @Content(schema = @Schema(implementation = Published.class)))
    @APIResponse(
            responseCode = "200",
            description = "A repeat: where the message has been",
            content = @Content(schema = @Schema(implementation = Published.class)))
    @Problems({"channel_forbidden", "message_id_reused", "frame_too_large"})
    public Response publish(
            @PathParam("channel") String channel,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Valid @NotNull NewMessage message) {
        Caller who = caller.get();
        Optional<IdempotencyKey> key = IdempotencyKey.fromHeader(idempotencyKey);
        String id = message.id() != null ? message.id() : "evt_" + ids.create(who.sub(), ROUTE + " " + channel, key);
        Appended appended = publishing.publish(channel, id, message.data().toString(), who.sub());
        Response.ResponseBuilder answer = Response.status(appended.duplicate() ? 200 : 201)
                .entity(new Published(
                        channel,
                        id,
                        appended.position().epoch(),
                        appended.position().offset()));
        return appended.duplicate()
                ? answer.header(IdempotencyKey.REPLAYED, "true").build()
                : answer.build();
    }

    /**
     * Without {@code since}: the newest messages. With it: those that follow, oldest first. Reading gives a channel its epoch, so who it is
     * must be sure.
     */
    @GET
    @Operation(operationId = "listMessages", summary = "Read what a channel keeps, oldest first")
    @APIResponse(
            responseCode = "200",
            description = "The newest messages, or those that follow `since`",
            content = @Content(schema = @Schema(implementation = History.class)))
    @Problems("channel_forbidden")
    @HeldUntilAdmitted(byCookie = false)
    public History history(
            @PathParam("channel") String channel,
            @QueryParam("since") @Schema(examples = "k3jd9a:41") String since,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit) {
        ChannelName known = access.require(Verb.HISTORY, channel, caller.sub());
        if (since == null) {
            return History.of(known, history.newest(known, limit), false);
        }
        Position from = position(since);
        Slice slice = history.after(known, from.offset(), limit);
        if (!from.epoch().equals(slice.head().epoch())
                || from.offset() > slice.head().offset()) {
            // An offset of another epoch says nothing here: what there is is new to the caller.
            return History.of(known, history.newest(known, limit), true);
        }
        return History.of(known, slice, hasHole(from, slice));
    }

    private static boolean hasHole(Position from, Slice slice) {
        long next = slice.messages().isEmpty()
                ? slice.head().offset() + 1
                : slice.messages().getFirst().offset();
        return next != from.offset() + 1;
    }

    private static Position position(String since) {
        Matcher form = SINCE.matcher(since);
        if (!form.matches()) {
            throw ServiceException.invalid("since", "must be <epoch>:<offset> of the last message received");
        }
        return new Position(form.group(1), Long.parseLong(form.group(2)));
    }

    /** @param id the publisher's; without one it comes from the Idempotency-Key, or is made up */
    @RegisterForReflection
    @Schema(name = "NewMessage", requiredProperties = "data")
    public record NewMessage(
            @Pattern(regexp = Publishing.ID_PATTERN, message = Publishing.ID_EXPECTED)
            String id,

            @NotNull @Schema(ref = "AnyJson") JsonNode data) {}

    @RegisterForReflection
    @Schema(name = "PublishedMessage")
    public record Published(String channel, String id, String epoch, long offset) {}

    /**
     * @param epoch  of the channel's newest message
     * @param offset of the channel's newest message: there is more to read when the last one here is below it
     * @param gap    messages between {@code since} and the first one here cannot be had any more
     */
    @RegisterForReflection
    @Schema(name = "ChannelHistory")
    public record History(String channel, String epoch, long offset, boolean gap, List<Message> messages) {

        static History of(ChannelName channel, Slice slice, boolean gap) {
            return new History(
                    channel.value(),
                    slice.head().epoch(),
                    slice.head().offset(),
                    gap,
                    slice.messages().stream().map(Message::of).toList());
        }
    }

    @RegisterForReflection
    @Schema(name = "Message")
    public record Message(
            long offset,
            String id,
            @Schema(ref = "AnyJson") @JsonRawValue String data,

            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String from,

            @Schema(format = "date-time") String at,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Where in a trace it was published (W3C); left out when nothing is traced")
            String traceparent) {

        static Message of(ChannelMessage message) {
            return new Message(
                    message.offset(),
                    message.id(),
                    message.data(),
                    message.from(),
                    message.at().toString(),
                    message.trace().orElse(null));
        }
    }
}

package dev.drover.realtime.socket;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBufUtil;

import dev.drover.platform.channels.ChannelLog.Appended;
import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.delivery.ChannelMessage;
import dev.drover.realtime.delivery.Delivery;
import dev.drover.realtime.delivery.Follower.GapReason;
import dev.drover.realtime.delivery.Frame;
import dev.drover.realtime.presence.PresenceReader.Attendance;

/** What the server may say; docs/realtime.md is the specification. */
final class ServerFrames {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is echoed of a frame that may be wrong in any way. */
    private static final int ECHO_CHARS_MAX = 200;

    private ServerFrames() {}

    static String ready(String sub, String instance) {
        return frame("ready").put("sub", sub).put("instance", instance).toString();
    }

    static String pong() {
        return frame("pong").toString();
    }

    static String subscribed(ChannelName channel, Position at) {
        return at(frame("subscribed"), channel, at).toString();
    }

    static String unsubscribed(String channel) {
        return frame("unsubscribed").put("channel", channel).toString();
    }

    static String recovered(ChannelName channel, Position from, Position to) {
        return at(frame("recovered"), channel, to)
                .put("from", from.offset())
                .put("messages", to.offset() - from.offset())
                .toString();
    }

    static String gap(ChannelName channel, Position at, GapReason reason) {
        return at(frame("gap"), channel, at)
                .put("reason", reason.name().toLowerCase(Locale.ROOT))
                .toString();
    }

    static String published(String channel, String id, Appended appended) {
        return frame("published")
                .put("channel", channel)
                .put("id", id)
                .put("epoch", appended.position().epoch())
                .put("offset", appended.position().offset())
                .put("duplicate", appended.duplicate())
                .toString();
    }

    static String presence(ChannelName channel, Attendance attendance) {
        ObjectNode frame = frame("presence").put("channel", channel.value()).put("total", attendance.total());
        ArrayNode members = frame.putArray("members");
        attendance.members().forEach(member -> members.addObject()
                .put("sub", member.sub())
                .put("connections", member.connections()));
        attendance.next().ifPresent(next -> frame.put("next", next));
        return frame.toString();
    }

    static String drain(Duration reconnectIn) {
        return frame("drain").put("reconnectInMs", reconnectIn.toMillis()).toString();
    }

    /** @param about the client's frame the error is about, or null */
    static String error(ServiceException problem, JsonNode about) {
        ObjectNode frame = frame("error")
                .put("code", problem.error().code())
                .put("title", problem.error().title())
                .put("detail", problem.getMessage());
        if (!problem.violations().isEmpty()) {
            problem.violations().forEach(violation -> frame.withArray("violations")
                    .addObject()
                    .put("pointer", violation.pointer())
                    .put("message", violation.message()));
        }
        problem.retryAfter().ifPresent(wait -> frame.put("retryAfterMs", Math.max(1, wait.toMillis())));
        if (about != null) {
            echo(frame, "request", about.get("type"));
            echo(frame, "channel", about.get("channel"));
            echo(frame, "id", about.get("id"));
        }
        return frame.toString();
    }

    /** The message as every subscriber gets it. Its data is JSON already and is put in as it stands. */
    static Delivery message(ChannelName channel, String epoch, ChannelMessage message) {
        String frame = "{\"type\":\"message\",\"channel\":" + quoted(channel.value()) + ",\"epoch\":" + quoted(epoch)
                + ",\"offset\":" + message.offset() + ",\"id\":" + quoted(message.id()) + ",\"data\":" + message.data()
                + ",\"from\":" + quoted(message.from()) + ",\"at\":\"" + message.at() + "\""
                + message.trace()
                        .map(trace -> ",\"traceparent\":" + quoted(trace))
                        .orElse("") + "}";
        return new Delivery(message.offset(), Frame.of(frame));
    }

    static int bytes(String frame) {
        return ByteBufUtil.utf8Bytes(frame);
    }

    /** What an error is about that no frame of the client asked for. */
    static JsonNode about(String request, ChannelName channel) {
        return frame(request).put("channel", channel.value());
    }

    private static ObjectNode frame(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode at(ObjectNode frame, ChannelName channel, Position position) {
        return frame.put("channel", channel.value())
                .put("epoch", position.epoch())
                .put("offset", position.offset());
    }

    private static void echo(ObjectNode frame, String name, JsonNode value) {
        if (value != null && value.isTextual() && value.textValue().length() <= ECHO_CHARS_MAX) {
            frame.set(name, value);
        }
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a string can always be written", e);
        }
    }
}

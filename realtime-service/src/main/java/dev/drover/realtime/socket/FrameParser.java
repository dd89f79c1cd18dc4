package dev.drover.realtime.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.problem.JsonFaults;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.socket.ClientFrame.Authenticate;
import dev.drover.realtime.socket.ClientFrame.Ping;
import dev.drover.realtime.socket.ClientFrame.Presence;
import dev.drover.realtime.socket.ClientFrame.Publish;
import dev.drover.realtime.socket.ClientFrame.Subscribe;
import dev.drover.realtime.socket.ClientFrame.Unsubscribe;

/** Reads a client's frame; what is wrong with it is said in terms of the frame. */
@Singleton
final class FrameParser {

    private static final int DEPTH_MAX = 64;
    private static final int EPOCH_CHARS_MAX = 64;
    private static final int PRESENCE_DEFAULT = 100;
    private static final int PRESENCE_MAX = 1_000;

    /** By itself and not the application's mapper: a frame is one JSON object, nothing after it, no member twice, not too deep. */
    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    /** The frame as far as it can be read, to say in an error what it was about. */
    JsonNode tree(String text) {
        JsonNode frame;
        try {
            frame = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw JsonFaults.of(e);
        }
        if (frame == null || !frame.isObject()) {
            throw new ServiceException(PlatformError.MALFORMED_JSON, "Send one JSON object per frame.");
        }
        return frame;
    }

    ClientFrame parse(JsonNode frame) {
        String type = text(frame, "type");
        return switch (type) {
            case "auth" -> {
                allowOnly(frame, Set.of("type", "token"));
                yield new Authenticate(text(frame, "token"));
            }
            case "subscribe" -> {
                allowOnly(frame, Set.of("type", "channel", "since"));
                yield new Subscribe(text(frame, "channel"), since(frame.get("since")));
            }
            case "unsubscribe" -> {
                allowOnly(frame, Set.of("type", "channel"));
                yield new Unsubscribe(text(frame, "channel"));
            }
            case "publish" -> {
                allowOnly(frame, Set.of("type", "channel", "id", "data"));
                if (!frame.has("data")) {
                    throw ServiceException.invalid("/data", "must be there; it may be any JSON value");
                }
                yield new Publish(
                        text(frame, "channel"),
                        text(frame, "id"),
                        frame.get("data").toString());
            }
            case "presence" -> {
                allowOnly(frame, Set.of("type", "channel", "after", "limit"));
                yield new Presence(
                        text(frame, "channel"),
                        frame.has("after") ? text(frame, "after") : "",
                        limit(frame.get("limit")));
            }
            case "ping" -> {
                allowOnly(frame, Set.of("type"));
                yield new Ping();
            }
            default ->
                throw new ServiceException(
                        RealtimeError.UNKNOWN_FRAME,
                        "Known are auth, subscribe, unsubscribe, publish, presence and ping.");
        };
    }

    private static Optional<Position> since(JsonNode since) {
        if (since == null || since.isNull()) {
            return Optional.empty();
        }
        if (!since.isObject()) {
            throw ServiceException.invalid("/since", "must be an object of epoch and offset");
        }
        JsonNode epoch = since.get("epoch");
        JsonNode offset = since.get("offset");
        if (epoch == null || !epoch.isTextual() || epoch.textValue().length() > EPOCH_CHARS_MAX) {
            throw ServiceException.invalid("/since/epoch", "must be the epoch as it was received");
        }
        if (offset == null || !offset.isIntegralNumber() || !offset.canConvertToLong() || offset.longValue() < 0) {
            throw ServiceException.invalid("/since/offset", "must be the offset of the last message received");
        }
        return Optional.of(new Position(epoch.textValue(), offset.longValue()));
    }

    private static int limit(JsonNode limit) {
        if (limit == null) {
            return PRESENCE_DEFAULT;
        }
        if (!limit.isIntegralNumber()
                || !limit.canConvertToInt()
                || limit.intValue() < 1
                || limit.intValue() > PRESENCE_MAX) {
            throw ServiceException.invalid("/limit", "must be 1 to " + PRESENCE_MAX);
        }
        return limit.intValue();
    }

    private static String text(JsonNode frame, String member) {
        JsonNode value = frame.get(member);
        if (value == null || !value.isTextual()) {
            throw ServiceException.invalid("/" + member, "must be a string");
        }
        return value.textValue();
    }

    private static void allowOnly(JsonNode frame, Set<String> known) {
        List<Violation> unknown = new ArrayList<>();
        frame.fieldNames().forEachRemaining(member -> {
            if (!known.contains(member)) {
                unknown.add(new Violation(
                        JsonPointer.empty().appendProperty(member).toString(),
                        "is not known here; known are: " + String.join(", ", new TreeSet<>(known))));
            }
        });
        if (!unknown.isEmpty()) {
            throw ServiceException.unfit(unknown, List.of());
        }
    }
}

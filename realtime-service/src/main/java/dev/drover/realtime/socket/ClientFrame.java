package dev.drover.realtime.socket;

import java.util.Optional;

import dev.drover.platform.channels.ChannelLog.Position;

/** What a client may say. */
sealed interface ClientFrame {

    record Authenticate(String token) implements ClientFrame {}

    record Subscribe(String channel, Optional<Position> since) implements ClientFrame {}

    record Unsubscribe(String channel) implements ClientFrame {}

    /** @param data JSON text */
    record Publish(String channel, String id, String data) implements ClientFrame {}

    /** @param after the last account of the page before, or empty */
    record Presence(String channel, String after, int limit) implements ClientFrame {}

    record Ping() implements ClientFrame {}
}

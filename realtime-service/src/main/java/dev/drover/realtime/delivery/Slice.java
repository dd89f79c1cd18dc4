package dev.drover.realtime.delivery;

import java.util.List;

import dev.drover.platform.channels.ChannelLog.Position;

/**
 * Part of a channel's history, and where the channel stood at the moment of reading.
 *
 * @param head     the newest message's position; offset 0 when there was none in this epoch
 * @param messages ascending by offset
 */
public record Slice(Position head, List<ChannelMessage> messages) {

    public Slice {
        messages = List.copyOf(messages);
    }
}

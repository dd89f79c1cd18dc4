package dev.drover.realtime.delivery;

import java.util.function.Consumer;

import dev.drover.platform.channels.ChannelName;

/**
 * Hears that a channel has something new. It may hear late, twice or not at all: whoever is woken up reads the history, and a poll looks
 * after the channels no wake-up came for. None of the calls blocks or fails.
 */
public interface WakeUps {

    /** @param woken called with a channel when there may be something new; also once after listening has begun, and after it was interrupted */
    void start(Consumer<ChannelName> woken);

    void listen(ChannelName channel);

    void forget(ChannelName channel);
}

package dev.drover.realtime.delivery;

import java.util.function.Consumer;

import dev.drover.platform.channels.ChannelName;

/**
 * Hears that a channel has something new. It may hear late, twice, in another order or not at all: what a wake-up carries counts only where it is
 * the next message, whoever is woken up otherwise reads the history, and a poll looks after the channels no wake-up came for. None of the calls
 * blocks or fails.
 */
public interface WakeUps {

    /** @param woken called when there may be something new; also once after listening has begun, and after it was interrupted. Must not block */
    void start(Consumer<WakeUp> woken);

    void listen(ChannelName channel);

    void forget(ChannelName channel);
}

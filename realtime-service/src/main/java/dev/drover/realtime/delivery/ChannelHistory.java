package dev.drover.realtime.delivery;

import java.util.List;
import java.util.Optional;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;

/**
 * Reads what channels keep. Every read is atomic: head and messages are of the same moment. Blocks; fails with
 * {@link dev.drover.platform.redis.StoreUnavailableException} and may be repeated at will.
 */
public interface ChannelHistory {

    /** The last messages, {@code max} at most. */
    Slice newest(ChannelName channel, int max);

    /** The messages that follow {@code offset}, {@code max} at most. Those no longer kept are left out: the first may be further on. */
    Slice after(ChannelName channel, long offset, int max);

    /** Where each of the channels stands, in their order; empty for one without a position. */
    List<Optional<Position>> heads(List<ChannelName> channels);
}

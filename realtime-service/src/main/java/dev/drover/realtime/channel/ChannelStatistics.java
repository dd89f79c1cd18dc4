package dev.drover.realtime.channel;

import java.time.Instant;
import java.util.Optional;

import dev.drover.platform.channels.ChannelName;

/** Tells how a channel is doing, at the same cost whatever its size. */
interface ChannelStatistics {

    /** All of the same moment. Blocks; fails with {@link dev.drover.platform.redis.StoreUnavailableException}. */
    Statistics of(ChannelName channel);

    /**
     * @param epoch             empty when nobody has spoken or followed for a long time
     * @param messages          kept
     * @param bytes             of data kept
     * @param messagesPerMinute of the last minute
     * @param present           accounts, where presence is kept
     */
    record Statistics(
            Optional<String> epoch,
            long offset,
            long messages,
            long bytes,
            Optional<Instant> oldestAt,
            Optional<Instant> newestAt,
            long messagesPerMinute,
            long present) {}
}

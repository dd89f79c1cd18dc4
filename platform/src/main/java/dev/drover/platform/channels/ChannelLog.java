package dev.drover.platform.channels;

import java.time.Duration;
import java.util.List;

/** Appends to a channel's stream, from any service. */
public interface ChannelLog {

    /**
     * Appends the message unless its id was seen within {@code dedupe}; wakes up the instances that have subscribers. Atomic: when it
     * returns, the message has its place in the channel's order and every subscriber will get it.
     *
     * @param id     the publisher's id of the message, 1 to 128 characters; a repeat by the same {@code from} answers with the first
     *               one's position
     * @param data   any JSON value as text
     * @param from   the account that speaks, or {@code system}
     * @param dedupe how long a repeat of the id is recognised
     * @throws MessageIdReusedException the same id came with other data; nothing was appended
     * @throws dev.drover.platform.redis.StoreUnavailableException it may or may not have been appended: repeat with the same id
     */
    Appended append(ChannelName channel, String id, String data, String from, Duration dedupe);

    /**
     * The same for several of one publisher, in their order and as one step. One whose id was given to other data is left out.
     *
     * @return what became of each
     */
    List<Outcome> appendAll(ChannelName channel, List<Message> messages, String from, Duration dedupe);

    /** As the parameters of {@link #append}. */
    record Message(String id, String data) {}

    enum Outcome {
        APPENDED,
        DUPLICATE,
        REUSED
    }

    /** Where a message stands: offsets grow by one within an epoch; another epoch means that the history began anew. */
    record Position(String epoch, long offset) {}

    record Appended(Position position, boolean duplicate) {}
}

package dev.drover.realtime.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The newest messages of a channel, without a hole, so that sockets that come back are served from memory and the history is read once per
 * instance and not once per socket. A soft copy, bounded in number and bytes.
 */
final class Tail {

    private final int messagesMax;
    private final long bytesMax;
    private final Deque<Delivery> messages = new ArrayDeque<>();
    private long bytes;

    Tail(int messagesMax, long bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    void add(Delivery message) {
        messages.addLast(message);
        bytes += message.bytes();
        while (messages.size() > messagesMax || bytes > bytesMax) {
            bytes -= messages.removeFirst().bytes();
        }
    }

    void clear() {
        messages.clear();
        bytes = 0;
    }

    /** Whether the message right after the offset is here. */
    boolean continues(long offset) {
        return !messages.isEmpty() && messages.getFirst().offset() <= offset + 1;
    }

    /** The message with the offset, if it is here. */
    Optional<Delivery> at(long offset) {
        return messages.stream().filter(message -> message.offset() == offset).findFirst();
    }

    List<Delivery> after(long offset, int max) {
        return messages.stream()
                .filter(message -> message.offset() > offset)
                .limit(max)
                .toList();
    }
}

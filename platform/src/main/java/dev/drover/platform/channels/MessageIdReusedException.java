package dev.drover.platform.channels;

/** A publisher gave one id to two different messages; the second was not appended. */
public final class MessageIdReusedException extends RuntimeException {

    public MessageIdReusedException(ChannelName channel, String id) {
        super("message id was used for other data on channel " + channel + ": " + id, null, false, false);
    }
}

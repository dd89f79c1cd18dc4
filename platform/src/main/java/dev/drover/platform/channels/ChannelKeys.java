package dev.drover.platform.channels;

/** Where a channel lives. All its keys carry one hash tag, so one script can change them in a single step, on Redis Cluster too. */
public final class ChannelKeys {

    private ChannelKeys() {}

    /** Stream of the channel's messages; the entry's id is {@code <offset>-0}. */
    public static String log(ChannelName channel) {
        return tag(channel) + "log";
    }

    /** Hash of {@code epoch} and {@code offset}: where the channel stands. */
    public static String meta(ChannelName channel) {
        return tag(channel) + "meta";
    }

    /** What one publisher's message id stands for; another publisher's same id is another message. */
    static String seen(ChannelName channel, String from, String id) {
        return tag(channel) + "id:" + from + ":" + id;
    }

    /** The pub/sub channel that says there is something new; it carries no message. */
    public static String wakeUp(ChannelName channel) {
        return wakeUpPrefix() + channel;
    }

    public static String wakeUpPrefix() {
        return "drover:wake:";
    }

    private static String tag(ChannelName channel) {
        return "drover:{ch:" + channel + "}:";
    }
}

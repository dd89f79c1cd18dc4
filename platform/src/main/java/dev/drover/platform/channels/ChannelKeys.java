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

    /** The pub/sub channel that says there is something new, and what, if it is small. In the channel's slot, for sharded pub/sub. */
    public static String wakeUp(ChannelName channel) {
        return tag(channel) + "wake";
    }

    /** Who is present: instances by when their word runs out (sorted set). */
    public static String presenceLeases(ChannelName channel) {
        return tag(channel.presence()) + "leases";
    }

    /** Who is present: accounts in the order of their ids (sorted set of equal scores). */
    public static String presenceMembers(ChannelName channel) {
        return tag(channel.presence()) + "members";
    }

    /** Who is present: connections of each account (hash). */
    public static String presenceCounts(ChannelName channel) {
        return tag(channel.presence()) + "counts";
    }

    /** Who is present through one instance: connections of each account (hash). */
    public static String presenceHeld(ChannelName channel, String holder) {
        return tag(channel.presence()) + "held:" + holder;
    }

    /** Rooms an account belongs to, or was about to (sorted set of names by when it was noted, in ms). The rooms themselves decide. */
    public static String roomsOf(String sub) {
        return "drover:{rooms-of:" + sub + "}:names";
    }

    /** Who belongs to a room (hash of account and role; {@code #owners} how many of these there are; {@code #ended} alone once it has ended). */
    public static String roomMembers(ChannelName room) {
        return tag(room) + "members";
    }

    /** The events of a channel's presence are a channel in its slot, so that they are written in the step that changes presence. */
    private static String tag(ChannelName channel) {
        return channel.presenceOf()
                .map(base -> "drover:{ch:" + base + "}:presence-")
                .orElseGet(() -> "drover:{ch:" + channel + "}:");
    }
}

package dev.drover.realtime.connection;

/** Where it is kept which instances there are and what each holds. */
final class ConnectionKeys {

    private ConnectionKeys() {}

    /** All instances by when their word runs out (sorted set). */
    static String instances() {
        return "drover:{realtime}:instances";
    }

    /** There while the instance's word counts (string). */
    static String lease(String holder) {
        return tag(holder) + "lease";
    }

    /** The connections an instance holds (sorted set of id and JSON). */
    static String connections(String holder) {
        return tag(holder) + "connections";
    }

    /** The channels an instance follows and for how many sockets (hash). */
    static String channels(String holder) {
        return tag(holder) + "channels";
    }

    /** What an instance is asked to do (list). */
    static String orders(String holder) {
        return tag(holder) + "orders";
    }

    /** The sockets of an account, wherever they are (sorted set). */
    static String open(String sub) {
        return "drover:{sockets:" + sub + "}:open";
    }

    private static String tag(String holder) {
        return "drover:{realtime:" + holder + "}:";
    }
}

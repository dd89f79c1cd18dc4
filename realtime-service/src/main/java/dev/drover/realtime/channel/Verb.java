package dev.drover.realtime.channel;

/** What can be done on a channel. */
public enum Verb {
    /** Follow it, from its end or from a position. */
    READ("read"),
    PUBLISH("publish"),
    /** Read what it keeps, without a socket. */
    HISTORY("look back"),
    /** See who follows it, and follow who comes and goes. */
    PRESENCE("see who is present");

    private final String words;

    Verb(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}

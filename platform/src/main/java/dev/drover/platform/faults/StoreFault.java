package dev.drover.platform.faults;

/** What keeps a store from serving now although it will again. What a store refuses for good is no such fault but a mistake of ours. */
public enum StoreFault {
    TIMEOUT("timeout", true, "does not answer in time"),
    CONNECTION("connection", true, "cannot be reached"),
    LOADING("loading", true, "has just started and is still reading its data"),
    BUSY("busy", true, "is occupied"),
    READ_ONLY("readonly", false, "takes no writes at the moment; reading goes on"),
    FULL("oom", false, "has no room for more; reading goes on"),
    /** It is this instance that asks too much at once: it says nothing about the store, and others may reach it. */
    CROWDED("crowded", false, "is waited for by as many calls of this instance as may"),
    GIVEN_UP("breaker_open", false, "has not answered for a while and is not asked at the moment");

    private final String outcome;
    private final boolean outage;
    private final String description;

    StoreFault(String outcome, boolean outage, String description) {
        this.outcome = outcome;
        this.outage = outage;
        this.description = description;
    }

    /** Its name in metrics. */
    public String outcome() {
        return outcome;
    }

    /** It concerns every call, reads too: the breaker counts it. */
    public boolean isOutage() {
        return outage;
    }

    /** For a client, after the store's name. */
    public String description() {
        return description;
    }
}

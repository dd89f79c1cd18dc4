package dev.drover.jobs.limits;

import java.util.List;

/** Where a limit that several queues share lives: in a slot of its own. */
record LimitKeys(LimitName name) {

    /** The set of the names of all there are. */
    static final String LIMITS = "drover:limits";

    /** Hash of what was set, and of when its rate would be unused again. */
    String settings() {
        return key("settings");
    }

    /** Sorted set of places that are taken, by when each ends in milliseconds. */
    String held() {
        return key("held");
    }

    List<String> all() {
        return List.of(settings(), held());
    }

    private String key(String part) {
        return "drover:{limit:" + name + "}:" + part;
    }
}

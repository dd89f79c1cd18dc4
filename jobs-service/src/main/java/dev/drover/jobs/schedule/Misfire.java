package dev.drover.jobs.schedule;

import java.util.Locale;

/** What becomes of ticks that come too late, because no replica lived or Redis was away. */
enum Misfire {

    /** They are left out. */
    SKIP,

    /** The latest of them fires, for all. */
    ONCE,

    /** Each fires, up to a number; of more, the latest. */
    ALL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Misfire of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package dev.drover.bench.suite;

import dev.drover.stores.EmbeddedRedis.Persistence;

/** The Redis of each side of a run, kept alike. */
public final class Stores {

    private static volatile Persistence persistence = Persistence.EVERY_SECOND;

    private Stores() {}

    /** From now on. */
    public static void keep(Persistence how) {
        persistence = how;
    }

    static Persistence kept() {
        return persistence;
    }
}

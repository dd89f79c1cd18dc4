package dev.drover.realtime;

import jakarta.inject.Singleton;

import dev.drover.platform.config.InstanceId;
import dev.drover.platform.idempotency.Ids;

/**
 * What this process calls itself where it stands for its sockets: the instance's id and a random part, so that an instance that was started anew
 * is another one than the one that was killed.
 */
@Singleton
public final class Holder {

    public static final char SEPARATOR = '~';
    private static final int RANDOM_CHARS = 10;

    private final String id;

    Holder(InstanceId instance, Ids ids) {
        this.id = instance.value() + SEPARATOR + ids.random().substring(0, RANDOM_CHARS);
    }

    public String id() {
        return id;
    }

    /** The instance's id, of a holder's. */
    public static String instance(String holder) {
        int end = holder.indexOf(SEPARATOR);
        return end < 0 ? holder : holder.substring(0, end);
    }
}

package dev.drover.realtime.socket;

import java.util.Collection;
import java.util.Map;

/** Asks whether sessions still live. */
interface SessionStates {

    enum State {
        LIVE,
        REVOKED,
        EXPIRED
    }

    /** Each session's state of this moment. Blocks; fails with {@link dev.drover.platform.redis.StoreUnavailableException}. */
    Map<String, State> of(Collection<String> sessionIds);
}

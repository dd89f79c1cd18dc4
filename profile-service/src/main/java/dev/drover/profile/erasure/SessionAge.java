package dev.drover.profile.erasure;

import java.time.Instant;
import java.util.Optional;

/** When a session was opened. Sessions are auth-service's; here they are only looked at. */
interface SessionAge {

    /** Empty when it is none. */
    Optional<Instant> openedAt(String session);
}

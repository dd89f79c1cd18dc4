package dev.drover.auth.session;

import java.time.Instant;
import java.util.Set;

/** A session about to be opened. */
record NewSession(SessionId id, Owner owner, SessionOrigin origin, SessionSecrets secrets, Instant createdAt) {

    /**
     * Whose it is, as of the log-in.
     *
     * @param epoch the account's when the log-in was checked
     */
    record Owner(String sub, String email, Set<String> roles, long epoch) {

        Owner {
            roles = Set.copyOf(roles);
        }
    }
}

package dev.drover.auth.session;

import java.time.Instant;
import java.util.Set;

/** A session about to be opened. */
record NewSession(SessionId id, Owner owner, SessionSecrets secrets, Instant createdAt) {

    /** Whose it is, as of the log-in. */
    record Owner(String sub, String email, Set<String> roles) {

        Owner {
            roles = Set.copyOf(roles);
        }
    }
}

package dev.drover.platform.identity;

import java.security.Principal;
import java.util.Set;

/**
 * Who makes a request, established by {@link CallerMechanism} on whichever instance got it.
 *
 * @param sub   the account's id, {@code usr_…}
 * @param sid   the session's id, {@code ses_…}
 * @param roles what the account may do beyond its own things
 * @param by    how the caller proved it
 */
public record Caller(String sub, String sid, Set<String> roles, Credential by) implements Principal {

    public enum Credential {
        BEARER_TOKEN,
        SESSION_COOKIE
    }

    public Caller {
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return sub;
    }

    public boolean isAdmin() {
        return roles.contains(Roles.ADMIN);
    }
}

package dev.drover.platform.identity;

import java.security.Principal;
import java.util.Set;

/**
 * Whoever holds the credentials of a session that was ended. It is no {@link Caller}: all it may have is the answer its own request was
 * given, or that of an endpoint that {@link OpenToEndedSessions says} it is repeated after the session's end.
 *
 * @param because why the session ended; empty when nobody said
 */
public record EndedCaller(String sub, String sid, Set<String> roles, String because) implements Principal {

    public EndedCaller {
        roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return sub;
    }
}

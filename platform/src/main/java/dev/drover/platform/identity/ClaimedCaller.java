package dev.drover.platform.identity;

import java.security.Principal;

import io.smallrye.mutiny.Uni;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * Who the credentials of a request name, while the session's look-up is under way. It is no {@link Caller}, so that nothing takes it for one
 * by mistake.
 */
final class ClaimedCaller implements Principal {

    private final String sub;
    private final boolean isAccountProven;
    private final Uni<Principal> standing;

    /**
     * @param isAccountProven a signed token says whose it is; a cookie only names the account, until its session has confirmed it once
     * @param standing        a {@link Caller} or an {@link EndedCaller}, or the failure that is the answer to the request
     */
    ClaimedCaller(String sub, boolean isAccountProven, Uni<Principal> standing) {
        this.sub = sub;
        this.isAccountProven = isAccountProven;
        this.standing = standing.memoize().indefinitely();
    }

    @Override
    public String getName() {
        return sub;
    }

    boolean isAccountProven() {
        return isAccountProven;
    }

    /** For the few that look at an ended session too. */
    Uni<Principal> standing() {
        return standing;
    }

    Uni<Caller> proof() {
        return standing.map(known -> {
            if (known instanceof Caller caller) {
                return caller;
            }
            throw revoked();
        });
    }

    static ServiceException revoked() {
        return new ServiceException(PlatformError.SESSION_REVOKED, "Log in again.");
    }
}

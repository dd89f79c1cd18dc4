package dev.drover.platform.identity;

import java.security.Principal;

import io.smallrye.mutiny.Uni;

/**
 * Who the credentials of a request name, while the session's look-up is under way. It is no {@link Caller}, so that nothing takes it for one
 * by mistake.
 */
final class ClaimedCaller implements Principal {

    private final String sub;
    private final boolean isAccountProven;
    private final Uni<Caller> proof;

    /**
     * @param isAccountProven a signed token says whose it is; a cookie only names the account, until its session has confirmed it once
     * @param proof           the caller, or the failure that is the answer to the request
     */
    ClaimedCaller(String sub, boolean isAccountProven, Uni<Caller> proof) {
        this.sub = sub;
        this.isAccountProven = isAccountProven;
        this.proof = proof.memoize().indefinitely();
    }

    @Override
    public String getName() {
        return sub;
    }

    boolean isAccountProven() {
        return isAccountProven;
    }

    Uni<Caller> proof() {
        return proof;
    }
}

package dev.drover.platform.identity;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.security.identity.SecurityIdentity;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The caller of this request, for resources behind {@code @Authenticated}. */
@RequestScoped
public class CurrentCaller {

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Whoever it is has proved it. Where the answer is held until then, this waits, and fails if it turns out otherwise. */
    public Caller get() {
        if (identity.getPrincipal() instanceof ClaimedCaller claimed) {
            return claimed.proof().await().indefinitely();
        }
        if (identity.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new ServiceException(PlatformError.UNAUTHENTICATED, "Send an access token or a session cookie.");
    }

    /**
     * The account the credentials name, without waiting: in a method that is {@link dev.drover.platform.admission.HeldUntilAdmitted} the proof
     * may still be under way, so it is good for reading only; anywhere else it is proved.
     */
    public String sub() {
        return identity.getPrincipal() instanceof ClaimedCaller claimed ? claimed.getName() : get().sub();
    }
}

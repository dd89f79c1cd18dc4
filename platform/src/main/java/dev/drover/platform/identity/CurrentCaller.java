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

    public Caller get() {
        if (identity.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new ServiceException(PlatformError.UNAUTHENTICATED, "Send an access token or a session cookie.");
    }
}

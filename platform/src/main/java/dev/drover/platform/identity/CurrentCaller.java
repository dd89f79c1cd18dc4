package dev.drover.platform.identity;

import java.security.Principal;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;

import dev.drover.platform.admission.Admission;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** The caller of this request, for resources behind {@code @Authenticated}. */
@RequestScoped
public class CurrentCaller {

    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    CurrentCaller(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /** Whoever it is has proved it. Where the answer is held until then, this waits, and fails if it turns out otherwise. */
    public Caller get() {
        if (identity.getPrincipal() instanceof ClaimedCaller claimed) {
            return claimed.proof().await().indefinitely();
        }
        if (identity.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        if (identity.getPrincipal() instanceof EndedCaller) {
            throw ClaimedCaller.revoked();
        }
        throw new ServiceException(PlatformError.UNAUTHENTICATED, "Send an access token or a session cookie.");
    }

    /** As {@link #get}, for an event loop: it does not wait. */
    public Uni<Caller> proved() {
        return identity.getPrincipal() instanceof ClaimedCaller claimed
                ? claimed.proof()
                : Uni.createFrom().item(this::get);
    }

    /** In a method that is {@link OpenToEndedSessions}: a {@link Caller} as from {@link #get}, or the {@link EndedCaller} who was one. */
    public Principal orEnded() {
        return identity.getPrincipal() instanceof EndedCaller ended ? ended : get();
    }

    /**
     * As {@link #get}, once everything that could refuse the request has let it pass. Where the answer is held, a handler that
     * {@link dev.drover.platform.admission.HeldUntilAdmitted#writes writes} asks for this before it changes anything.
     */
    public Caller admitted() {
        Admission.of(request.getCurrent()).require();
        return get();
    }

    /**
     * The account the credentials name, without waiting: in a method that is {@link dev.drover.platform.admission.HeldUntilAdmitted} the proof
     * may still be under way, so it is good for reading only; anywhere else it is proved.
     */
    public String sub() {
        return identity.getPrincipal() instanceof ClaimedCaller claimed ? claimed.getName() : get().sub();
    }
}

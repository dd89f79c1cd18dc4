package dev.drover.auth.session;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.EndedCaller;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * {@code POST /auth/logout}. It is safe to repeat: a session that is closed already answers like one that was just closed, so a retry after
 * a lost answer does not look like a failure. That is why it asks for the identity itself and is not {@code @Authenticated}.
 */
@Path("/auth/logout")
@Tag(name = "sessions")
@SecurityRequirement(name = "bearer")
@RunOnVirtualThread
public class LogOutResource {

    private static final Set<ErrorCode> CLOSED = Set.of(PlatformError.SESSION_REVOKED, PlatformError.SESSION_EXPIRED);

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final CurrentIdentityAssociation identity;

    LogOutResource(Sessions sessions, SessionCookie cookie, CurrentIdentityAssociation identity) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.identity = identity;
    }

    @POST
    @Operation(operationId = "logOut", summary = "Close the session")
    @APIResponse(
            responseCode = "204",
            description = "The session is closed, or was before; the cookie is cleared",
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    public Response logOut() {
        caller().ifPresent(caller -> sessions.close(caller.sub(), new SessionId(caller.sid())));
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.clear())
                .build();
    }

    /** Empty when the session has ended before. */
    private Optional<Caller> caller() {
        try {
            Principal known =
                    identity.getDeferredIdentity().await().indefinitely().getPrincipal();
            if (known instanceof Caller caller) {
                return Optional.of(caller);
            }
            if (known instanceof EndedCaller) {
                return Optional.empty();
            }
        } catch (AuthenticationFailedException e) {
            if (e.getCause() instanceof ServiceException known && CLOSED.contains(known.error())) {
                return Optional.empty();
            }
            throw e;
        }
        throw new ServiceException(PlatformError.UNAUTHENTICATED, "Send an access token or a session cookie.");
    }
}

package dev.drover.auth.erasure;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.account.AccountId;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.EndedCaller;
import dev.drover.platform.identity.OpenToEndedSessions;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code DELETE /auth/me}. */
@Path("/auth")
@Tag(name = "accounts")
@Authenticated
@RunOnVirtualThread
public class ErasureResource {

    private final Erasure erasure;
    private final CurrentCaller caller;
    private final SessionCookie cookie;

    ErasureResource(Erasure erasure, CurrentCaller caller, SessionCookie cookie) {
        this.erasure = erasure;
        this.caller = caller;
        this.cookie = cookie;
    }

    @DELETE
    @Path("/me")
    @Operation(
            operationId = "eraseMe",
            summary = "Erase the caller: account, sessions, files, jobs, rooms and profile",
            description =
                    "Takes a session of the last ten minutes, so log in first. All sessions end with the answer; the address may "
                            + "be signed up again. A job erases the rest, as `DELETE /profiles/me` does, which says where to watch.")
    @APIResponse(
            responseCode = "204",
            description = "The account is erased, and the rest will be, whatever stops",
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    @Problems("login_too_old")
    @OpenToEndedSessions
    public Response erase() {
        if (caller.orEnded() instanceof EndedCaller ended && ended.because().equals(Erasure.BECAUSE)) {
            erasure.finish(new AccountId(ended.sub()));
            return erased();
        }
        Caller who = caller.get();
        if (!erasure.erase(new AccountId(who.sub()), who.sid())) {
            throw new ServiceException(PlatformError.LOGIN_TOO_OLD, "Log in again, then erase it.");
        }
        return erased();
    }

    private Response erased() {
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.clear())
                .build();
    }
}

package dev.drover.profile.erasure;

import java.time.Clock;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.erasure.Erasure;
import dev.drover.platform.erasure.Erasures;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code DELETE /profiles/me}. */
@Path("/profiles/me")
@Tag(name = "profiles")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class EraseMeResource {

    private static final String WATCH = "/profiles/erasures/";

    private final Erasures erasures;
    private final SessionAge sessions;
    private final CurrentCaller caller;
    private final ErasureConfig config;
    private final Clock clock;

    EraseMeResource(Erasures erasures, SessionAge sessions, CurrentCaller caller, ErasureConfig config, Clock clock) {
        this.erasures = erasures;
        this.sessions = sessions;
        this.caller = caller;
        this.config = config;
        this.clock = clock;
    }

    @DELETE
    @Authenticated
    @Operation(
            operationId = "eraseMyself",
            summary = "Erase the caller: account, sessions, files, jobs, rooms and profile",
            description =
                    "Takes a session of the last ten minutes, so log in first. A job does it; the answer says where to watch, for "
                            + "there will be no session to ask by. Cannot be undone.")
    @APIResponse(
            responseCode = "202",
            description = "It is begun, and will be done whatever stops",
            content = @Content(schema = @Schema(implementation = ErasureBody.class)),
            headers = @Header(name = "Location", ref = "Location"))
    @Problems("login_too_old")
    public Response erase() {
        Caller who = caller.get();
        boolean isRecent = sessions.openedAt(who.sid())
                .filter(opened -> opened.plus(config.loginWithin()).isAfter(clock.instant()))
                .isPresent();
        if (!isRecent) {
            throw new ServiceException(PlatformError.LOGIN_TOO_OLD, "Log in again, then erase it.");
        }
        Erasure erasure = erasures.begin(who.sub());
        return Response.accepted(ErasureBody.of(erasure))
                .header("Location", WATCH + erasure.id())
                .build();
    }
}

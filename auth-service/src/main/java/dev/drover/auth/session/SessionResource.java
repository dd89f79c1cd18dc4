package dev.drover.auth.session;

import java.time.Instant;
import java.util.List;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.AuthError;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.platform.identity.Caller;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.EndedCaller;
import dev.drover.platform.identity.OpenToEndedSessions;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code GET /auth/sessions}, {@code DELETE /auth/sessions/{id}}, {@code POST /auth/logout-all}: where one is logged in, and to end it. */
@Path("/auth")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class SessionResource {

    private static final String LOGOUT_ALL = "logout_all";

    private final Sessions sessions;
    private final SessionClosing closing;
    private final CurrentCaller caller;
    private final SessionCookie cookie;

    SessionResource(Sessions sessions, SessionClosing closing, CurrentCaller caller, SessionCookie cookie) {
        this.sessions = sessions;
        this.closing = closing;
        this.caller = caller;
        this.cookie = cookie;
    }

    @GET
    @Path("/sessions")
    @Operation(operationId = "listSessions", summary = "List the caller's open sessions, newest first")
    @APIResponse(
            responseCode = "200",
            description = "At most 100; a session beyond has ended",
            content = @Content(schema = @Schema(implementation = SessionListView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    public Response list() {
        Caller known = caller.get();
        List<SessionView> open = sessions.of(known.sub()).stream()
                .map(session -> SessionView.of(session, known.sid()))
                .toList();
        return Response.ok(new SessionListView(open))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @DELETE
    @Path("/sessions/{id}")
    @Operation(operationId = "endSession", summary = "End one of the caller's sessions")
    @APIResponse(
            responseCode = "204",
            description = "It is ended, or was before; when it was the caller's own, the cookie is cleared")
    @Problems("session_not_found")
    @OpenToEndedSessions
    public Response end(@PathParam("id") @Pattern(regexp = "ses_[0-9a-z]{26}") String id) {
        if (caller.orEnded() instanceof EndedCaller ended && ended.sid().equals(id)) {
            return ended();
        }
        Caller known = caller.get();
        switch (sessions.closeOf(known.sub(), new SessionId(id))) {
            case NOW, BEFORE -> {}
            case UNKNOWN ->
                throw new ServiceException(AuthError.SESSION_NOT_FOUND, "It ended long ago, or never was yours.");
        }
        return id.equals(known.sid()) ? ended() : Response.noContent().build();
    }

    private Response ended() {
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.clear())
                .build();
    }

    @POST
    @Path("/logout-all")
    @Operation(operationId = "logOutAll", summary = "End all of the caller's sessions, this one too")
    @APIResponse(
            responseCode = "204",
            description = "All are ended; the cookie is cleared",
            headers = @Header(name = "Set-Cookie", ref = "Set-Cookie"))
    @OpenToEndedSessions
    public Response endAll() {
        if (caller.orEnded() instanceof EndedCaller ended && ended.because().equals(LOGOUT_ALL)) {
            closing.finish(ended.sub());
            return ended();
        }
        Caller known = caller.get();
        closing.closeAll(
                known.sub(),
                LOGOUT_ALL,
                AuditEvent.of(AuditKind.SESSIONS_REVOKED).about(known.sub()).in(known.sid()));
        return ended();
    }

    @RegisterForReflection
    @Schema(name = "SessionList")
    public record SessionListView(List<SessionView> sessions) {}

    @RegisterForReflection
    @Schema(name = "Session")
    public record SessionView(
            @Schema(examples = "ses_06ek2v5w3xq9d4t8m1b7c0hzyn")
            String id,

            @Schema(description = "As the browser or program calls itself", examples = "Firefox on Linux")
            String device,

            @Schema(description = "Of the log-in; an IPv6 address by its network", examples = "203.0.113.7")
            String address,

            Instant createdAt,

            @Schema(description = "On any service, to within ten minutes")
            Instant lastUsedAt,

            @Schema(description = "Whether it is the one this request came by")
            boolean current) {

        static SessionView of(OpenSession session, String currentSid) {
            return new SessionView(
                    session.id().value(),
                    session.origin().device(),
                    session.origin().address(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.id().value().equals(currentSid));
        }
    }
}

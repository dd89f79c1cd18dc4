package dev.drover.realtime.connection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.Nullable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.Problems;
import dev.drover.realtime.Holder;

/** The sockets of all instances, for admins. */
@Path("/realtime/connections")
@Tag(name = "connections")
@RunOnVirtualThread
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionResource {

    private static final String SUB = "[A-Za-z0-9_-]{1,64}";
    private static final String ID = "[A-Za-z0-9._~-]{1,160}";
    private static final String ID_OR_NONE = "[A-Za-z0-9._~-]{0,160}";

    private final Fleet fleet;

    ConnectionResource(Fleet fleet) {
        this.fleet = fleet;
    }

    @GET
    @Operation(
            operationId = "listConnections",
            summary = "List the open sockets of an account, or of all",
            description =
                    "A socket is here half a second after it was authenticated; those of an instance that died, until its lease ends.")
    @APIResponse(
            responseCode = "200",
            description = "A page; all of them for an account",
            content = @Content(schema = @Schema(implementation = ConnectionPage.class)),
            headers = @Header(name = "Link", ref = "Link"))
    @Problems({})
    public Response list(
            @QueryParam("sub") @Pattern(regexp = SUB) @Schema(description = "Of this account only") String sub,
            @QueryParam("cursor")
                    @DefaultValue("")
                    @Pattern(regexp = ID_OR_NONE)
                    @Schema(description = "`nextCursor` of the page before")
                    String cursor,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit) {
        if (sub != null) {
            return Response.ok(ConnectionPage.of(fleet.ofAccount(sub), null)).build();
        }
        List<OpenConnection> page = fleet.list(cursor, limit);
        Optional<String> next = Fleet.next(page, limit);
        Response.ResponseBuilder answer = Response.ok(ConnectionPage.of(page, next.orElse(null)));
        next.ifPresent(id -> answer.header(
                HttpHeaders.LINK, "</realtime/connections?limit=" + limit + "&cursor=" + id + ">; rel=\"next\""));
        return answer.build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endConnection", summary = "End one socket, on whichever instance holds it")
    @APIResponse(responseCode = "202", description = "Its instance was asked; it looks every half second")
    @Problems("not_found")
    public Response end(@PathParam("id") @Pattern(regexp = ID) String id) {
        fleet.end(id);
        return Response.accepted().build();
    }

    @DELETE
    @Operation(
            operationId = "endConnections",
            summary = "End all sockets of an account",
            description = "It may connect again; to keep it out, lock the account or revoke its sessions.")
    @APIResponse(responseCode = "202", description = "Every instance was asked; they look every half second")
    @Problems({})
    public Response endAll(@QueryParam("sub") @NotNull @Pattern(regexp = SUB) String sub) {
        fleet.endAccount(sub);
        return Response.accepted().build();
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Connections")
    public record ConnectionPage(
            List<ConnectionView> connections,

            @Schema(description = "For the next page; none on the last") @Nullable
            String nextCursor) {

        static ConnectionPage of(List<OpenConnection> page, String nextCursor) {
            return new ConnectionPage(page.stream().map(ConnectionView::of).toList(), nextCursor);
        }
    }

    @RegisterForReflection
    @Schema(name = "Connection")
    public record ConnectionView(String id, String sub, String sessionId, String instance, Instant since) {

        static ConnectionView of(OpenConnection connection) {
            return new ConnectionView(
                    connection.id(),
                    connection.sub(),
                    connection.sid(),
                    Holder.instance(connection.id()),
                    connection.since());
        }
    }
}

package dev.drover.auth.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Nullable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.audit.AuditTrail.Filter;
import dev.drover.auth.audit.AuditTrail.Noted;
import dev.drover.auth.audit.AuditTrail.Page;
import dev.drover.auth.audit.AuditTrail.Position;
import dev.drover.auth.audit.AuditTrail.Verification;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.ServiceException;

/** {@code GET /auth/audit}: what happened, and whether what is written of it is whole. */
@Path("/auth/audit")
@Tag(name = "audit")
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditResource {

    private final AuditTrail trail;

    AuditResource(AuditTrail trail) {
        this.trail = trail;
    }

    @GET
    @Operation(
            operationId = "listAuditEntries",
            summary = "List what happened, newest first",
            description = "Of a log that is mostly of others a page may be short or empty and still have a next one.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = PageView.class)),
            headers = {@Header(name = "Link", ref = "Link"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    public Response list(
            @BeanParam AuditQuery query,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        Page page =
                trail.page(query.filter(), limit, Optional.ofNullable(cursor).map(AuditResource::position));
        String next = page.next().map(AuditResource::encoded).orElse(null);
        Response.ResponseBuilder answer = Response.ok(
                        new PageView(page.entries().stream().map(EntryView::of).toList(), next))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (next != null) {
            String link = uri.getRequestUriBuilder()
                    .replaceQueryParam("cursor", next)
                    .build()
                    .getRawQuery();
            answer.header(HttpHeaders.LINK, "</auth/audit?" + link + ">; rel=\"next\"");
        }
        return answer.build();
    }

    @GET
    @Path("/verification")
    @Operation(
            operationId = "verifyAudit",
            summary = "Check that no entry was changed, moved or taken out",
            description =
                    "Walks all entries. Note lastSequence and head elsewhere and send them with the next one: only so it is sure to be"
                            + " found that the newest entries were taken out.")
    @APIResponse(
            responseCode = "200",
            description = "What the walk found",
            content = @Content(schema = @Schema(implementation = VerificationView.class)),
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    public Response verification(
            @QueryParam("lastSequence") @Min(1) @Parameter(description = "Of an earlier verification, with its head")
                    Long lastSequence,
            @QueryParam("head") @Size(max = 100) String head) {
        VerificationView view =
                switch (trail.verify(noted(lastSequence, head))) {
                    case Verification.Intact(long entries, long last, String newest) ->
                        new VerificationView(true, entries, last, newest, null, null);
                    case Verification.Broken(long sequence, AuditTrail.Fault fault) ->
                        new VerificationView(
                                false, null, null, null, sequence, fault.name().toLowerCase(Locale.ROOT));
                };
        return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Optional<Noted> noted(Long lastSequence, String head) {
        if ((lastSequence == null) != (head == null)) {
            throw ServiceException.invalid(head == null ? "head" : "lastSequence", "is required with the other");
        }
        return Optional.ofNullable(lastSequence).map(sequence -> new Noted(sequence, head));
    }

    private static String encoded(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.value().getBytes(StandardCharsets.US_ASCII));
    }

    private static Position position(String cursor) {
        try {
            return new Position(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid("cursor", "must be the cursor of an earlier answer");
        }
    }

    /** Which entries are asked for. */
    public static final class AuditQuery {

        @QueryParam("account")
        @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
        String account;

        @QueryParam("kind")
        @Schema(examples = "login_failed")
        String kind;

        @QueryParam("from")
        @Schema(format = "date-time", description = "Inclusive")
        String from;

        @QueryParam("to")
        @Schema(format = "date-time", description = "Exclusive")
        String to;

        Filter filter() {
            return new Filter(
                    Optional.ofNullable(account),
                    Optional.ofNullable(kind).map(word -> AuditKind.parse(word)
                            .orElseThrow(() -> ServiceException.invalid("kind", "must be the kind of an entry"))),
                    Optional.ofNullable(from).map(time -> instant("from", time)),
                    Optional.ofNullable(to).map(time -> instant("to", time)));
        }

        private static Instant instant(String name, String time) {
            try {
                Instant instant = Instant.parse(time);
                if (instant.isBefore(Instant.EPOCH)) {
                    throw ServiceException.invalid(name, "must not be before 1970");
                }
                return instant;
            } catch (DateTimeParseException e) {
                throw ServiceException.invalid(name, "must be a time such as 2026-01-02T03:04:05Z");
            }
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditPage")
    public record PageView(
            List<EntryView> items,

            @Schema(description = "For the next page; none on the last") @Nullable
            String nextCursor) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditEntry")
    public record EntryView(
            long sequence,
            Instant at,
            @Schema(examples = "login") String kind,

            @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn") @Nullable
            String account,

            @Schema(description = "Who did it, when that is another account") @Nullable
            String actor,

            @Schema(examples = "ses_06ek2v5w3xq9d4t8m1b7c0hzyn") @Nullable
            String session,

            @Schema(description = "The network the request came from", examples = "198.51.100.7") @Nullable
            String address,

            Map<String, String> details,

            @Schema(description = "Of this entry and the hash of the one before")
            String hash) {

        static EntryView of(AuditEntry entry) {
            AuditEvent event = entry.event();
            return new EntryView(
                    entry.sequence(),
                    entry.at(),
                    event.kind().word(),
                    event.account().orElse(null),
                    event.actor().orElse(null),
                    event.session().orElse(null),
                    entry.address().orElse(null),
                    event.details(),
                    entry.hash());
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditVerification")
    public record VerificationView(
            boolean intact,

            @Schema(description = "How many are kept") @Nullable
            Long entries,

            @Nullable Long lastSequence,

            @Schema(description = "The hash of the last entry") @Nullable
            String head,

            @Schema(description = "Of the first entry that is not as it was written") @Nullable
            Long brokenAt,

            @Schema(enumeration = {"missing", "changed", "forged"}) @Nullable
            String fault) {}
}

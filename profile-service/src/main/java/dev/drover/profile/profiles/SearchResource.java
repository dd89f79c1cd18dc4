package dev.drover.profile.profiles;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.admission.HeldUntilAdmitted;
import dev.drover.platform.problem.ServiceException;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;
import dev.drover.profile.handles.HandleIndex;

/** {@code GET /profiles?query=}: public cards by the first characters of a handle. */
@Path("/profiles")
@Tag(name = "profiles")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

    private static final String PREFIX = "[a-z0-9_]{1,30}";

    private final ProfileSearch search;
    private final AvatarUrls avatars;

    SearchResource(ProfileSearch search, AvatarUrls avatars) {
        this.search = search;
        this.avatars = avatars;
    }

    @GET
    @HeldUntilAdmitted
    @Operation(
            operationId = "searchProfiles",
            summary = "Look for profiles by the first characters of their handle",
            description =
                    "Finds accounts that chose a handle. A page may be shorter than the limit and not be the last.")
    @APIResponse(
            responseCode = "200",
            description = "A page of cards, by handle",
            content = @Content(schema = @Schema(implementation = CardPageBody.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response find(
            @QueryParam("query") @Parameter(required = true, description = "1 to 30 of a-z 0-9 _", example = "ada")
                    String query,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") String cursor) {
        if (query == null || !query.matches(PREFIX)) {
            throw ServiceException.invalid("query", "must be 1 to 30 of a-z 0-9 _");
        }
        ProfileSearch.Page page = search.find(query, Optional.ofNullable(cursor).map(SearchResource::parse), limit);
        String next = page.next().map(SearchResource::encode).orElse(null);
        CardPageBody body = new CardPageBody(
                page.profiles().stream()
                        .map(profile -> CardBody.of(profile, avatars))
                        .toList(),
                next);
        Response.ResponseBuilder response = Response.ok(body);
        if (next != null) {
            response.header(
                    "Link", "</profiles?query=" + query + "&limit=" + limit + "&cursor=" + next + ">; rel=\"next\"");
        }
        return response.build();
    }

    private static String encode(HandleIndex.Entry entry) {
        String text = entry.handle() + " " + entry.owner() + " " + entry.epoch();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static HandleIndex.Entry parse(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(" ");
            if (parts.length != 3) {
                throw new IllegalArgumentException("a cursor has three parts");
            }
            long epoch = Long.parseUnsignedLong(parts[2]);
            return new HandleIndex.Entry(new Handle(parts[0]), new AccountId(parts[1]), epoch);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid("cursor", "must be the cursor of an earlier answer");
        }
    }
}

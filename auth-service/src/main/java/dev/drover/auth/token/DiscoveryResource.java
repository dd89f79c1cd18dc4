package dev.drover.auth.token;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.IdentityConfig;
import dev.drover.platform.ratelimit.NotRateLimited;

/** What others need to verify our tokens by themselves, with any JOSE library. Public, and made to be cached. */
@Path("/auth/.well-known")
@Tag(name = "discovery")
@NotRateLimited(because = "every service and verifier reads it, it is cached, and it asks no store for anything")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DiscoveryResource {

    private final SigningKeys keys;
    private final IdentityConfig identity;
    private final String cacheControl;

    DiscoveryResource(SigningKeys keys, IdentityConfig identity, TokenConfig config) {
        this.keys = keys;
        this.identity = identity;
        this.cacheControl = "public, max-age=" + config.publishedMaxAge().toSeconds();
    }

    @GET
    @Path("/jwks.json")
    @Operation(operationId = "listKeys", summary = "Show the public keys of access tokens")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "A JWK set (RFC 7517)",
            content = @Content(schema = @Schema(ref = "KeySet")),
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    public Response keySet(@Context Request request) {
        KeyRing ring = keys.current();
        String version = Ids.derive(ring.verifying().keySet().toArray(String[]::new));
        return cacheable(request, version, ring.keySet());
    }

    @GET
    @Path("/openid-configuration")
    @Operation(operationId = "showConfiguration", summary = "Show where the keys are and what a token says")
    @Parameter(ref = "IfNoneMatch")
    @APIResponse(
            responseCode = "200",
            description = "The members of OpenID Connect Discovery 1.0 that are true here",
            content = @Content(schema = @Schema(implementation = Configuration.class)),
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    @APIResponse(
            responseCode = "304",
            description = "As the client has it",
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Cache-Control", ref = "Cache-Control")})
    public Response configuration(@Context Request request) {
        Configuration configuration = new Configuration(
                identity.issuer(),
                identity.publicBaseUrl().replaceFirst("/+$", "") + "/auth/.well-known/jwks.json",
                List.of("ES256"),
                List.of("public"),
                List.of(),
                List.of("iss", "aud", "sub", "sid", "jti", "groups", "iat", "exp"));
        return cacheable(request, Ids.derive(configuration.toString()), configuration);
    }

    private Response cacheable(Request request, String version, Object entity) {
        EntityTag tag = new EntityTag(version);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(entity) : unchanged;
        return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, cacheControl).build();
    }

    /** The members of OpenID Connect Discovery 1.0 that are true here: this is no authorisation server, so it names no flows. */
    @RegisterForReflection
    @Schema(name = "IssuerConfiguration")
    record Configuration(
            String issuer,
            @JsonProperty("jwks_uri") String keySetUri,

            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> signingAlgorithms,

            @JsonProperty("subject_types_supported") List<String> subjectTypes,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("claims_supported") List<String> claims) {}
}

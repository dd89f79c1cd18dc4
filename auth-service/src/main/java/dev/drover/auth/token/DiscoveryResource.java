package dev.drover.auth.token;

import java.util.List;
import java.util.Map;

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
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.IdentityConfig;

/** What others need to verify our tokens by themselves, with any JOSE library. Public, and made to be cached. */
@Path("/auth/.well-known")
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
    public Response keySet(@Context Request request) {
        KeyRing ring = keys.current();
        String version = Ids.derive(ring.verifying().keySet().toArray(String[]::new));
        return cacheable(request, version, Map.of("keys", ring.published()));
    }

    @GET
    @Path("/openid-configuration")
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
    record Configuration(
            String issuer,
            @JsonProperty("jwks_uri") String keySetUri,

            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> signingAlgorithms,

            @JsonProperty("subject_types_supported") List<String> subjectTypes,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("claims_supported") List<String> claims) {}
}

package dev.drover.profile.flags;

import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** {@code X-API-Key}, where flags are evaluated and nowhere else. Asked after token and cookie, which say more. */
@Singleton
final class ApiKeyRequests implements HttpAuthenticationMechanism {

    static final String HEADER = "X-API-Key";

    private final ApiKeys keys;

    ApiKeyRequests(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String presented = request.request().getHeader(HEADER);
        if (presented == null || !request.normalizedPath().startsWith(OfrepResource.EVALUATE)) {
            return Uni.createFrom().nullItem();
        }
        Optional<ApiKey> key = ApiKey.parse(presented.strip());
        Uni<Boolean> isValid =
                key.map(keys::isValid).orElseGet(() -> Uni.createFrom().item(false));
        return isValid.map(valid -> {
                    if (!valid) {
                        throw new ServiceException(PlatformError.UNAUTHENTICATED, "The API key does not count.");
                    }
                    return (SecurityIdentity) QuarkusSecurityIdentity.builder()
                            .setPrincipal(new ApiKey.Holder(key.orElseThrow().id()))
                            .build();
                })
                .onFailure()
                .transform(AuthenticationFailedException::new);
    }

    /** The platform's own mechanism says what is missing. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public int getPriority() {
        return 9_000;
    }
}

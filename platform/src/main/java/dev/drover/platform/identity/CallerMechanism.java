package dev.drover.platform.identity;

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
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import dev.drover.platform.identity.SessionLookup.SessionState;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * Establishes the caller from {@code Authorization: Bearer} or the session cookie, in that order, the same way on every service. Either
 * way the session is looked up in Redis, so a revoked one is refused everywhere from the next request on.
 */
@Singleton
public final class CallerMechanism implements HttpAuthenticationMechanism {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;
    private final SessionLookup sessions;
    private final SessionCookie cookie;

    CallerMechanism(TokenVerifier tokens, SessionLookup sessions, SessionCookie cookie) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return identity(byRequest(request.request()));
    }

    /** For what has to decide before there is an identity, such as a WebSocket's handshake. No item when there are no credentials. */
    public Uni<Caller> byRequest(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return byToken(authorization.substring(BEARER.length()).strip());
        }
        Cookie presented = request.getCookie(cookie.name());
        if (presented == null) {
            return Uni.createFrom().nullItem();
        }
        return byCookie(presented.getValue(), request);
    }

    /** For what authenticates after the handshake, such as the first frame on a WebSocket. */
    public Uni<Caller> byToken(String token) {
        return tokens.verify(token)
                .flatMap(verified -> sessions.find(verified.sid()).map(state -> switch (state) {
                    case SessionState.Live live
                    when live.sub().equals(verified.sub()) ->
                        new Caller(verified.sub(), verified.sid(), verified.roles(), Caller.Credential.BEARER_TOKEN);
                    case SessionState.Live other ->
                        throw TokenClaims.invalid("Its session belongs to another account.");
                    case SessionState.Revoked revoked -> throw revoked();
                    case SessionState.Unknown unknown -> throw expired();
                }));
    }

    private Uni<Caller> byCookie(String value, HttpServerRequest request) {
        if (!SAFE.contains(request.method()) && !isSameOrigin(request)) {
            return Uni.createFrom()
                    .failure(new ServiceException(
                            PlatformError.CROSS_SITE_REQUEST,
                            "Send Origin: " + cookie.origin() + ", or use an access token."));
        }
        return SessionCookie.parse(value)
                .map(presented -> sessions.find(presented.sessionId()).map(state -> switch (state) {
                    case SessionState.Live live
                    when SessionCookie.matches(presented.secret(), live.secretHash()) ->
                        new Caller(live.sub(), presented.sessionId(), live.roles(), Caller.Credential.SESSION_COOKIE);
                    case SessionState.Live wrongSecret -> throw expired();
                    case SessionState.Revoked revoked -> throw revoked();
                    case SessionState.Unknown unknown -> throw expired();
                }))
                .orElseGet(() -> Uni.createFrom().failure(expired()));
    }

    private boolean isSameOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origin.equals(cookie.origin());
        }
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    private static ServiceException revoked() {
        return new ServiceException(PlatformError.SESSION_REVOKED, "Log in again.");
    }

    private static ServiceException expired() {
        return new ServiceException(PlatformError.SESSION_EXPIRED, "Log in again.");
    }

    private static Uni<SecurityIdentity> identity(Uni<Caller> caller) {
        return caller.onItem()
                .ifNotNull()
                .<SecurityIdentity>transform(known -> QuarkusSecurityIdentity.builder()
                        .setPrincipal(known)
                        .addRoles(known.roles())
                        .build())
                .onFailure()
                .transform(AuthenticationFailedException::new);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"drover\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /** Before the JWT extension's own mechanism, which knows nothing of sessions. */
    @Override
    public int getPriority() {
        return 10_000;
    }
}

package dev.drover.platform.identity;

import java.security.Principal;
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

import dev.drover.platform.admission.Admission;
import dev.drover.platform.identity.SessionLookup.SessionState;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/**
 * Establishes the caller from {@code Authorization: Bearer} or the session cookie, in that order, the same way on every service. Either
 * way the session is looked up in Redis, so a revoked one is refused everywhere from the next request on. Where the answer is held
 * ({@link dev.drover.platform.admission.HeldUntilAdmitted}) the handler begins while that look-up is under way.
 */
@Singleton
public final class CallerMechanism implements HttpAuthenticationMechanism {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;
    private final SessionLookup sessions;
    private final SessionCookie cookie;
    private final ProvenCookies proven;

    CallerMechanism(TokenVerifier tokens, SessionLookup sessions, SessionCookie cookie, ProvenCookies proven) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookie = cookie;
        this.proven = proven;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        // Asked here, because the thread that goes on after a fetch of keys need not know the resource.
        Admission admission = Admission.of(request);
        boolean endedToo = EndedSessions.mayAsk(request);
        Uni<ClaimedCaller> claim = claimByRequest(request.request());
        return identity(claim.onItem()
                .ifNotNull()
                .transformToUni(claimed -> admission.isHeldFor(claimed.isAccountProven())
                        ? Uni.createFrom().item(admitMeanwhile(admission, claimed))
                        : endedToo ? claimed.standing() : claimed.proof()));
    }

    private static Principal admitMeanwhile(Admission admission, ClaimedCaller claimed) {
        admission.holdForCaller(claimed.proof(), claimed.isAccountProven());
        return claimed;
    }

    /** For what has to decide before there is an identity, such as a WebSocket's handshake. No item when there are no credentials. */
    public Uni<Caller> byRequest(HttpServerRequest request) {
        return proven(claimByRequest(request));
    }

    /** For what authenticates after the handshake, such as the first frame on a WebSocket. */
    public Uni<Caller> byToken(String token) {
        return proven(claimByToken(token));
    }

    private static Uni<Caller> proven(Uni<ClaimedCaller> claim) {
        return claim.onItem().ifNotNull().transformToUni(ClaimedCaller::proof);
    }

    private Uni<ClaimedCaller> claimByRequest(HttpServerRequest request) {
        if (request.headers().getAll("Authorization").size() > 1) {
            return Uni.createFrom().failure(TokenClaims.invalid("Send one Authorization header."));
        }
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return claimByToken(authorization.substring(BEARER.length()).strip());
        }
        Cookie presented = request.getCookie(cookie.name());
        return presented == null
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(() -> claimByCookie(presented.getValue(), request));
    }

    private Uni<ClaimedCaller> claimByToken(String token) {
        return tokens.verify(token)
                .map(verified -> new ClaimedCaller(
                        verified.sub(), true, sessions.find(verified.sid()).map(state -> confirmed(verified, state))));
    }

    private static Principal confirmed(VerifiedToken token, SessionState state) {
        return switch (state) {
            case SessionState.Live live
            when live.sub().equals(token.sub()) ->
                new Caller(token.sub(), token.sid(), token.roles(), Caller.Credential.BEARER_TOKEN);
            case SessionState.Live other -> throw TokenClaims.invalid("Its session belongs to another account.");
            case SessionState.Revoked revoked
            when revoked.sub().equals(token.sub()) ->
                new EndedCaller(token.sub(), token.sid(), token.roles(), revoked.because());
            case SessionState.Revoked unowned -> throw ClaimedCaller.revoked();
            case SessionState.Unknown unknown -> throw expired();
        };
    }

    private ClaimedCaller claimByCookie(String value, HttpServerRequest request) {
        if (!SAFE.contains(request.method()) && !isSameOrigin(request)) {
            throw new ServiceException(
                    PlatformError.CROSS_SITE_REQUEST, "Send Origin: " + cookie.origin() + ", or use an access token.");
        }
        SessionCookie.Presented presented = SessionCookie.parse(value).orElseThrow(CallerMechanism::expired);
        Uni<Principal> standing = sessions.find(presented.sessionId()).map(state -> confirmed(presented, state));
        return new ClaimedCaller(
                presented.sub(),
                proven.contains(presented),
                standing.onItem()
                        .invoke(known -> note(presented, known))
                        .onFailure(ServiceException.class)
                        .invoke(() -> proven.remove(presented)));
    }

    private void note(SessionCookie.Presented presented, Principal known) {
        if (known instanceof Caller) {
            proven.add(presented);
        } else {
            proven.remove(presented);
        }
    }

    private static Principal confirmed(SessionCookie.Presented presented, SessionState state) {
        return switch (state) {
            case SessionState.Live live
            when live.sub().equals(presented.sub()) && presented.matches(live.secretHash()) ->
                new Caller(live.sub(), presented.sessionId(), live.roles(), Caller.Credential.SESSION_COOKIE);
            case SessionState.Live forged -> throw expired();
            case SessionState.Revoked revoked
            when revoked.sub().equals(presented.sub()) && presented.matches(revoked.secretHash()) ->
                new EndedCaller(revoked.sub(), presented.sessionId(), revoked.roles(), revoked.because());
            // Whoever only names it learns no more than that it ended.
            case SessionState.Revoked other -> throw ClaimedCaller.revoked();
            case SessionState.Unknown unknown -> throw expired();
        };
    }

    private boolean isSameOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origin.equals(cookie.origin());
        }
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    private static ServiceException expired() {
        return new ServiceException(PlatformError.SESSION_EXPIRED, "Log in again.");
    }

    private static Uni<SecurityIdentity> identity(Uni<? extends Principal> caller) {
        return caller.onItem()
                .ifNotNull()
                .<SecurityIdentity>transform(known -> QuarkusSecurityIdentity.builder()
                        .setPrincipal(known)
                        .addRoles(roles(known))
                        .build())
                .onFailure()
                .transform(AuthenticationFailedException::new);
    }

    /** Those of an ended session let it as far as to its recorded answer, and no further: {@link EndedSessions}. */
    private static Set<String> roles(Principal known) {
        return switch (known) {
            case Caller caller -> caller.roles();
            case EndedCaller ended -> ended.roles();
            default -> Set.of();
        };
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

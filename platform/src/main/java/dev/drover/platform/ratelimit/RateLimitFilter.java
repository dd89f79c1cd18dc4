package dev.drover.platform.ratelimit;

import java.lang.reflect.AnnotatedElement;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.drover.platform.admission.Admission;
import dev.drover.platform.http.ClientAddresses;
import dev.drover.platform.http.FilterOrder;

/** Takes one unit for every request that reaches a resource, on the event loop and before anything else is done for it. */
final class RateLimitFilter {

    private final Policies policies;
    private final RequestLimits limits;
    private final ClientAddresses addresses;

    RateLimitFilter(Policies policies, RequestLimits limits, ClientAddresses addresses) {
        this.policies = policies;
        this.limits = limits;
        this.addresses = addresses;
    }

    @ServerRequestFilter(priority = FilterOrder.RATE_LIMIT, nonBlocking = true)
    Uni<Response> limit(ResourceInfo resource, RoutingContext request) {
        Optional<Policy> policy =
                routeClass(resource, request.request().method()).flatMap(policies::of);
        if (policy.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Uni<Void> charged = limits.charge(policy.get(), subject(policy.get(), request), RateLimitFields.of(request));
        Admission admission = Admission.of(request);
        if (admission.isHeld()) {
            admission.holdOnceProven(charged);
            return Uni.createFrom().nullItem();
        }
        return charged.replaceWith((Response) null);
    }

    /** What stands at the method counts before what stands at its class. */
    private static Optional<RouteClass> routeClass(ResourceInfo resource, HttpMethod method) {
        for (AnnotatedElement place : List.of(resource.getResourceMethod(), resource.getResourceClass())) {
            if (place.isAnnotationPresent(NotRateLimited.class)) {
                return Optional.empty();
            }
            RateLimited limited = place.getAnnotation(RateLimited.class);
            if (limited != null) {
                return Optional.of(limited.value());
            }
        }
        boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return Optional.of(isRead ? RouteClass.READ : RouteClass.WRITE);
    }

    private Subject subject(Policy policy, RoutingContext request) {
        // Only known here where the resource asks for a caller; on a public one, who it is would cost a look-up.
        Optional<Principal> caller = request.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity().getPrincipal())
                : Optional.empty();
        return Subject.of(
                policy.by(), caller, () -> addresses.of(request.request()).network());
    }
}

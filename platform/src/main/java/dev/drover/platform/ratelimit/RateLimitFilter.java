package dev.drover.platform.ratelimit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

import dev.drover.platform.admission.Admission;
import dev.drover.platform.http.ClientAddresses;
import dev.drover.platform.http.FilterOrder;
import dev.drover.platform.identity.EndedCaller;

/** Takes one unit for every request that reaches a resource, on the event loop and before anything else is done for it. */
final class RateLimitFilter {

    private static final Logger LOG = Logger.getLogger(RateLimitFilter.class);

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
        RateLimitFields fields = RateLimitFields.of(request);
        List<RouteClass> classes = routeClasses(
                resource.getResourceMethod(),
                resource.getResourceClass(),
                request.request().method());
        fields.declare(inForce(classes));
        Optional<Policy> policy = classes.stream().findFirst().flatMap(policies::of);
        if (policy.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Uni<Void> charged = limits.charge(policy.get(), subject(policy.get(), request), fields);
        Admission admission = Admission.of(request);
        if (admission.isHeld()) {
            admission.holdOnceProven(charged);
            return Uni.createFrom().nullItem();
        }
        return charged.replaceWith((Response) null);
    }

    /** The same for what was refused before it came to that; and who is not let in as a caller has spent nothing, whichever was asked first. */
    @ServerResponseFilter(priority = FilterOrder.RATE_LIMIT)
    void complete(ContainerResponseContext answer, RoutingContext request) {
        ResteasyReactiveRequestContext matched = CurrentRequestManager.get();
        if (matched == null || matched.getTarget() == null) {
            return;
        }
        RateLimitFields fields = RateLimitFields.of(request);
        if (!fields.isDeclared()) {
            RuntimeResource resource = matched.getTarget();
            fields.declare(inForce(routeClasses(
                    resource.getLazyMethod().getMethod(),
                    resource.getResourceClass(),
                    request.request().method())));
        }
        if (Admission.of(request).isCallerRefused() || isRefusedAfterItsEnd(answer, request)) {
            limits.giveBack(fields.withhold())
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("a unit stays taken: %s", failure));
        }
    }

    /** Who was let as far as to what an ended session may still ask for, and is not answered that. */
    private static boolean isRefusedAfterItsEnd(ContainerResponseContext answer, RoutingContext request) {
        return answer.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()
                && principal(request).filter(EndedCaller.class::isInstance).isPresent();
    }

    private static Optional<Principal> principal(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity().getPrincipal())
                : Optional.empty();
    }

    private List<Policy> inForce(List<RouteClass> classes) {
        return classes.stream().map(policies::of).flatMap(Optional::stream).toList();
    }

    /** Empty where nothing is limited. What stands at the method counts before what stands at its class. */
    private static List<RouteClass> routeClasses(Method resource, Class<?> ofClass, HttpMethod method) {
        for (AnnotatedElement place : List.of(resource, ofClass)) {
            if (place.isAnnotationPresent(NotRateLimited.class)) {
                return List.of();
            }
            RateLimited limited = place.getAnnotation(RateLimited.class);
            if (limited != null) {
                return Stream.concat(Stream.of(limited.value()), Stream.of(limited.then()))
                        .toList();
            }
        }
        boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        return List.of(isRead ? RouteClass.READ : RouteClass.WRITE);
    }

    private Subject subject(Policy policy, RoutingContext request) {
        // Only known here where the resource asks for a caller; on a public one, who it is would cost a look-up.
        return Subject.of(policy.by(), principal(request), () -> addresses
                .of(request.request())
                .network());
    }
}

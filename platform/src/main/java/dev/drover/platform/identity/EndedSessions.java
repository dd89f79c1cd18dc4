package dev.drover.platform.identity;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

import dev.drover.platform.idempotency.IdempotencyKey;

/**
 * Which requests of an ended session are looked at at all: a POST under a key, which may have an answer that is its own, and what is
 * {@link OpenToEndedSessions}. Of the first the filter of {@code Idempotency-Key} gives the recorded answer or refuses; it never runs.
 */
final class EndedSessions {

    private EndedSessions() {}

    static boolean mayAsk(RoutingContext request) {
        ResteasyReactiveRequestContext matched = CurrentRequestManager.get();
        if (matched == null || matched.getTarget() == null || matched.unwrap(RoutingContext.class) != request) {
            return false;
        }
        boolean isKeyedPost = request.request().method().equals(HttpMethod.POST)
                && request.request().headers().contains(IdempotencyKey.HEADER);
        return isKeyedPost
                || matched.getTarget().getLazyMethod().getMethod().isAnnotationPresent(OpenToEndedSessions.class);
    }
}

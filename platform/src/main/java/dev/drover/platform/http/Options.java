package dev.drover.platform.http;

import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers OPTIONS (RFC 9110, section 9.3.7): which methods a path takes, over all resources. It costs no quota and no look at Redis. */
final class Options {

    static final String ACCEPT_PATCH = "Accept-Patch";

    /** After what every answer carries. */
    private static final int PRIORITY = 800;

    void register(@Observes Filters filters) {
        filters.register(this::answer, PRIORITY);
    }

    private void answer(RoutingContext request) {
        if (!request.request().method().name().equals(HttpMethod.OPTIONS)) {
            request.next();
            return;
        }
        ResourceMap resources = ResourceMap.ofTheApplication();
        String path = request.normalizedPath();
        resources
                .allow(path)
                .ifPresentOrElse(
                        allow -> {
                            HttpServerResponse response =
                                    request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, allow);
                            resources
                                    .consumed(path, HttpMethod.PATCH)
                                    .ifPresent(types -> response.putHeader(ACCEPT_PATCH, types));
                            response.end();
                        },
                        request::next);
    }
}

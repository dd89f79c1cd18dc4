package dev.drover.platform.http;

import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

import io.quarkus.vertx.http.runtime.filters.Filters;

/**
 * Says of every answer that nobody but its caller may keep it, and that it is asked for again each time. What may be kept longer, by everybody or not
 * at all says so itself, and that replaces this. Without it a cache between may keep what was answered to a cookie, and take one account's version
 * for another's.
 */
final class OwnAnswers {

    static final String CACHING = "private, no-cache";

    /** Before everything else but the instance's name: answers of filters are meant too. */
    private static final int PRIORITY = 999;

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    request.response().putHeader(HttpHeaders.CACHE_CONTROL, CACHING);
                    request.next();
                },
                PRIORITY);
    }
}

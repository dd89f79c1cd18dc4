package dev.drover.platform.redis;

import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;

/** Tells the waits of requests, whose clients were promised an answer in time, from those of other work. */
final class RequestPatience {

    /** Before anything that asks Redis. */
    private static final int PRIORITY = 999;

    private final RedisConfig config;

    RequestPatience(RedisConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    Patience.begin(Vertx.currentContext(), config.timeout());
                    request.next();
                },
                PRIORITY);
    }
}

package dev.drover.platform.http;

import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;

import dev.drover.platform.config.InstanceId;

/** Puts {@code X-Served-By} on every answer, errors and WebSocket upgrades included. */
final class ServedBy {

    static final String HEADER = "X-Served-By";

    /** Before everything else, so that no answer leaves without it. */
    private static final int PRIORITY = 1_000;

    private final InstanceId instance;

    ServedBy(InstanceId instance) {
        this.instance = instance;
    }

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    request.response().putHeader(HEADER, instance.value());
                    request.next();
                },
                PRIORITY);
    }
}

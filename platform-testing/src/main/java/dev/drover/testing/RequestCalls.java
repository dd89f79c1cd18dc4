package dev.drover.testing;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** Counts what the application under test asks of Redis for each request, and says it on the answer. */
@Singleton
public final class RequestCalls {

    public static final String HEADER = "X-Test-Redis-Calls";

    private static final String KEY = RequestCalls.class.getName();

    /** Before anything that asks Redis. */
    private static final int PRIORITY = 998;

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    AtomicInteger calls = new AtomicInteger();
                    context().ifPresent(own -> own.localContextData().put(KEY, calls));
                    request.addHeadersEndHandler(head -> request.response().putHeader(HEADER, calls.toString()));
                    request.next();
                },
                PRIORITY);
    }

    /** For what no RestAssured client was asked for, as a stream that is read while it goes on: its answer counts beside those that were. */
    public static void succeeded(String operation, HttpResponse<?> answer) {
        answer.headers().firstValue(HEADER).ifPresent(calls -> CallRecord.ofThisJvm()
                .succeeded(operation, Integer.parseInt(calls)));
    }

    /** A call is made. Of which request says the context it is made in. */
    static void count() {
        context()
                .map(own -> own.localContextData().get(KEY))
                .map(AtomicInteger.class::cast)
                .ifPresent(AtomicInteger::incrementAndGet);
    }

    private static Optional<ContextInternal> context() {
        return Optional.ofNullable((ContextInternal) Vertx.currentContext()).filter(ContextInternal::isDuplicate);
    }
}

package dev.drover.lab.gateway;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.vertx.core.http.HttpServerRequest;

/** For an instance that takes a request or a socket: the least busy that was not tried, and while none is ready a wait with a bound. */
final class Search {
    private static final long WAIT_STEP_MILLIS = 20;

    private final Routing routing;
    private final HttpServerRequest request;
    private final String service;
    private final String what;
    private final long startedNanos = System.nanoTime();
    private final Set<Backend> tried = new HashSet<>();

    /** @param what is looked for, as the client is told when there is none */
    Search(Routing routing, HttpServerRequest request, String service, String what) {
        this.routing = routing;
        this.request = request;
        this.service = service;
        this.what = what;
    }

    /** @param isOver nobody waits any more */
    void next(BooleanSupplier isOver, Consumer<Backend> found) {
        if (isOver.getAsBoolean()) {
            return;
        }
        Optional<Backend> chosen = routing.load().leastBusy(routing.backends().ready(service), tried);
        if (chosen.isPresent()) {
            tried.add(chosen.get());
            found.accept(chosen.get());
        } else if (elapsedMillis() < routing.limits().untilReady().toMillis()) {
            routing.vertx().setTimer(WAIT_STEP_MILLIS, timer -> next(isOver, found));
        } else {
            Problems.send(
                    request,
                    503,
                    "no_instance",
                    "No instance is ready",
                    "no instance of " + service + " can take this " + what + " now");
        }
    }

    /** How many instances were. */
    int tried() {
        return tried.size();
    }

    long elapsedMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }
}

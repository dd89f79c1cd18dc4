package dev.drover.realtime.socket;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.logging.Logger;

/**
 * Tells Quarkus that a request which becomes a socket is done. It counts requests in flight and waits for them when it shuts down, but
 * nothing ends an upgraded one: every socket there ever was would make the instance wait for its whole DRAIN_TIMEOUT. Sockets are drained by
 * {@link Clients} instead.
 */
@RegisterForReflection(targets = QuarkusRequestWrapper.class, fields = false)
final class UpgradedRequest {

    private static final Logger LOG = Logger.getLogger(UpgradedRequest.class);
    private static final Method DONE = done();

    private UpgradedRequest() {}

    static void isDone(HttpServerRequest request) {
        try {
            DONE.invoke(QuarkusRequestWrapper.get(request));
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.debugf("shutting down will wait for an upgraded request: %s", e);
        }
    }

    private static Method done() {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            return done;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Quarkus counts its requests in another way now", e);
        }
    }
}

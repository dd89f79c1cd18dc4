package dev.drover.auth.session;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import org.jboss.logging.Logger;

import dev.drover.platform.http.ClientAddresses;

/** Where the request that is being answered comes from. */
@Singleton
public final class OriginOfRequest {

    private static final Logger LOG = Logger.getLogger(OriginOfRequest.class);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int TURNS = 3;

    private final CurrentVertxRequest current;
    private final ClientAddresses addresses;

    OriginOfRequest(CurrentVertxRequest current, ClientAddresses addresses) {
        this.current = current;
        this.addresses = addresses;
    }

    SessionOrigin get() {
        return new SessionOrigin(Device.of(request().getHeader("User-Agent")), network());
    }

    /** What counts as one client: an IPv4 address, or an IPv6 network. */
    public String network() {
        return addresses.of(request()).network();
    }

    /**
     * Whether nobody waits for the answer any more. In a process that was stopped the connection's end may still lie unread behind the request,
     * so its event loop gets three turns: one ends the round in which the request was read, in the next it meets what came next, and tells of it only
     * when that round has ended too. Blocks.
     */
    boolean isGone() {
        HttpServerResponse response = request().response();
        for (int turn = 0; turn < TURNS && !response.closed(); turn++) {
            awaitTurn(ContextInternal.current());
        }
        return response.closed();
    }

    private static void awaitTurn(ContextInternal connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.nettyEventLoop().submit(() -> {}).get(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("the event loop had no turn: %s", e);
        }
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}

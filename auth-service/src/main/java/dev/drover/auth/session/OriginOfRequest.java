package dev.drover.auth.session;

import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;

import dev.drover.platform.http.ClientAddresses;

/** Where the request that is being answered comes from. */
@Singleton
public final class OriginOfRequest {

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

    /** Whether nobody waits for the answer any more. */
    boolean isGone() {
        return request().response().closed();
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}

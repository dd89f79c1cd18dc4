package dev.drover.auth.audit;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

import dev.drover.platform.http.ClientAddresses;

/** Where the request that is being answered on this thread comes from, if one is. */
@Singleton
class CurrentRequest {

    private final CurrentVertxRequest request;
    private final ClientAddresses addresses;

    CurrentRequest(CurrentVertxRequest request, ClientAddresses addresses) {
        this.request = request;
        this.addresses = addresses;
    }

    Optional<String> network() {
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
            return Optional.empty();
        }
        return Optional.of(addresses.of(request.getCurrent().request()).network());
    }
}

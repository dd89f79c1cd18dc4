package dev.drover.platform.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.core.http.HttpServerRequest;

/**
 * Finds out where a request comes from. What a client says of itself never counts: from the peer backwards, each trusted proxy is believed
 * about the hop before it, and the first that is not trusted is the client. Where a trusted proxy says nothing that can be understood, or
 * {@code Forwarded} and {@code X-Forwarded-For} contradict each other (a proxy writes one and lets the client's other pass), the proxy
 * itself counts as the client.
 */
@Singleton
public final class ClientAddresses {

    private static final byte[] NOBODY = new byte[4];

    private final TrustedProxies trusted;
    private final int hopsMax;

    ClientAddresses(ForwardedConfig config) {
        this.trusted = TrustedProxies.parse(config.trustedProxies().orElse(""));
        this.hopsMax = config.hopsMax();
    }

    public ClientAddress of(HttpServerRequest request) {
        return of(
                request.remoteAddress().hostAddress(),
                request.headers().getAll("Forwarded"),
                request.headers().getAll("X-Forwarded-For"));
    }

    ClientAddress of(String peer, List<String> forwarded, List<String> forwardedFor) {
        // A peer without an address sits at a UNIX socket on this machine.
        byte[] nearest = Optional.ofNullable(peer).flatMap(IpNetwork::literal).orElse(NOBODY);
        if (!trusted.contains(nearest) || forwarded.isEmpty() && forwardedFor.isEmpty()) {
            return new ClientAddress(nearest);
        }
        byte[] byForwarded = client(nearest, ForwardedHops.ofForwarded(forwarded));
        byte[] byForwardedFor = client(nearest, ForwardedHops.ofForwardedFor(forwardedFor));
        if (forwarded.isEmpty() || forwardedFor.isEmpty()) {
            return new ClientAddress(forwarded.isEmpty() ? byForwardedFor : byForwarded);
        }
        return new ClientAddress(Arrays.equals(byForwarded, byForwardedFor) ? byForwarded : nearest);
    }

    private byte[] client(byte[] peer, List<Optional<byte[]>> hops) {
        byte[] client = peer;
        int last = Math.max(0, hops.size() - hopsMax);
        for (int i = hops.size() - 1; i >= last && trusted.contains(client); i--) {
            if (hops.get(i).isEmpty()) {
                return client;
            }
            client = hops.get(i).get();
        }
        return client;
    }
}

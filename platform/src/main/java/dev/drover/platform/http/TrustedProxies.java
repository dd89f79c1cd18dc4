package dev.drover.platform.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies whose word about the hop before them counts. */
public final class TrustedProxies {

    public static final String EXPECTATION =
            "addresses or networks of proxies, separated by commas, such as 10.0.0.0/8, fd00::/8";

    private final List<IpNetwork> networks;

    private TrustedProxies(List<IpNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    static TrustedProxies parse(String text) {
        return new TrustedProxies(parsed(text)
                .map(network ->
                        network.orElseThrow(() -> new IllegalArgumentException("TRUSTED_PROXIES: " + EXPECTATION)))
                .toList());
    }

    public static boolean isValid(String text) {
        return parsed(text).allMatch(Optional::isPresent);
    }

    private static Stream<Optional<IpNetwork>> parsed(String text) {
        return Stream.of(text.split(",", -1)).filter(part -> !text.isBlank()).map(IpNetwork::parse);
    }

    boolean contains(byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}

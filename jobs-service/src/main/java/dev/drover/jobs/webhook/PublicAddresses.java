package dev.drover.jobs.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.drover.platform.http.IpNetwork;

/**
 * Which addresses a job may have called: those of the open internet. A name is resolved here and the address that was looked at is the one
 * connected to, so that a name server cannot answer differently the second time.
 */
final class PublicAddresses {

    static final String EXPECTATION = "networks separated by commas, such as 10.1.0.0/16, fd00:1::/32";

    /** Special-purpose networks (IANA's registries), clouds' metadata addresses among them, and forms that carry an IPv4 address. */
    private static final List<IpNetwork> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(text -> IpNetwork.parse(text).orElseThrow())
            .toList();

    private final List<IpNetwork> allowed;

    PublicAddresses(String allowed) {
        this.allowed = parsed(allowed)
                .map(network -> network.orElseThrow(
                        () -> new IllegalArgumentException("WEBHOOK_ALLOWED_NETWORKS: " + EXPECTATION)))
                .toList();
    }

    private static Stream<Optional<IpNetwork>> parsed(String text) {
        return Stream.of(text.split(",", -1)).filter(part -> !text.isBlank()).map(IpNetwork::parse);
    }

    static boolean isValid(String text) {
        return parsed(text).allMatch(Optional::isPresent);
    }

    /** Every address of the host must be allowed, or none is: a name with a private one beside it is up to something. */
    Resolution resolve(String host) {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return new Resolution.Unknown();
        }
        return Arrays.stream(all).allMatch(address -> isAllowed(address.getAddress()))
                ? new Resolution.Known(all[0])
                : new Resolution.Closed();
    }

    /** {@link InetAddress} itself makes an IPv4 address of one mapped into IPv6. */
    private boolean isAllowed(byte[] address) {
        return allowed.stream().anyMatch(network -> network.contains(address))
                || CLOSED.stream().noneMatch(network -> network.contains(address));
    }

    sealed interface Resolution {

        record Known(InetAddress address) implements Resolution {}

        /** The name has no address at this moment. */
        record Unknown() implements Resolution {}

        /** An address of it is not for jobs. */
        record Closed() implements Resolution {}
    }
}

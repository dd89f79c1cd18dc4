package dev.drover.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where a request comes from, as far as anyone trusted knows. */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;
    private static final int WIDE_BYTES_OF_4 = 3;
    private static final int WIDE_BYTES_OF_16 = 6;

    private final byte[] bytes;

    ClientAddress(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /**
     * What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, of which a subscriber has all 2^64 addresses.
     */
    public String network() {
        if (bytes.length == 4) {
            return text(bytes);
        }
        return text(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length)) + "/64";
    }

    /** What one customer of a provider often has as a whole: the /24 network of an IPv4 address, the /48 network of an IPv6 address. */
    public String wideNetwork() {
        int kept = bytes.length == 4 ? WIDE_BYTES_OF_4 : WIDE_BYTES_OF_16;
        return text(Arrays.copyOf(Arrays.copyOf(bytes, kept), bytes.length)) + "/" + 8 * kept;
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}

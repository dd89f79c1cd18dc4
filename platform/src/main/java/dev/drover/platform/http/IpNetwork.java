package dev.drover.platform.http;

import java.util.Arrays;
import java.util.Optional;

import io.netty.util.NetUtil;

/** A network such as {@code 10.0.0.0/8} or {@code fd00::/8}; an address alone is a network of one. */
public record IpNetwork(byte[] base, int bits) {

    public static Optional<IpNetwork> parse(String text) {
        String[] parts = text.strip().split("/", -1);
        Optional<byte[]> base = literal(parts[0]);
        if (base.isEmpty() || parts.length > 2) {
            return Optional.empty();
        }
        int bitsMax = base.get().length * Byte.SIZE;
        if (parts.length == 1) {
            return Optional.of(new IpNetwork(base.get(), bitsMax));
        }
        if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > bitsMax) {
            return Optional.empty();
        }
        return Optional.of(new IpNetwork(base.get(), Integer.parseInt(parts[1])));
    }

    public boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return Arrays.equals(address, 0, whole, base, 0, whole)
                && (rest == 0 || (address[whole] & mask) == (base[whole] & mask));
    }

    /** 4 or 16 bytes, without ever asking a name server; an IPv4 address mapped into IPv6 is the IPv4 address. */
    public static Optional<byte[]> literal(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
    }

    private static boolean isMapped(byte[] bytes) {
        return bytes.length == 16
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
                && bytes[10] == (byte) 0xff
                && bytes[11] == (byte) 0xff;
    }
}

package dev.drover.platform.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

import dev.drover.platform.identity.ApiKeyHolder;

/** Who uses a quota. */
public record Subject(String value) {

    private static final int HASH_BYTES = 16;

    public static Subject account(String id) {
        return new Subject("account " + id);
    }

    /**
     * Whose quota a request takes from. A key counts once it was proved: one that is made up is an unknown caller's and never a quota of its own.
     *
     * @param caller  who was proved to make it
     * @param network what the client's address belongs to
     */
    static Subject of(KeyKind by, Optional<Principal> caller, Supplier<String> network) {
        return switch (by) {
            case ADDRESS -> address(network.get());
            case ACCOUNT, API_KEY ->
                caller.map(known -> known instanceof ApiKeyHolder ? apiKey(known.getName()) : account(known.getName()))
                        .orElseGet(() -> address(network.get()));
        };
    }

    static Subject address(String network) {
        return new Subject("address " + network);
    }

    static Subject apiKey(String id) {
        return new Subject("api-key " + id);
    }

    /** What a key's name may carry: enough of a SHA-256 that no two meet, nothing that can be read. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return hash();
    }
}

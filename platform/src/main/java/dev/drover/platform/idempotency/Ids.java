package dev.drover.platform.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

/**
 * Makes the ids of what is created: 26 characters of base 32 (130 bits). With an Idempotency-Key the id is a function of caller, route
 * and key, so a retry on any instance, after any crash, names the same thing; without one it is random.
 */
@Singleton
public final class Ids {

    public static final int LENGTH = 26;

    /** Crockford's base 32 in lower case: no letter that is mistaken for a digit. */
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final SecureRandom random = new SecureRandom();

    /**
     * @param caller the account the request acts for, or what stands for it before there is one
     * @param route  method and path template, so that one key used on two routes names two things
     */
    public String create(String caller, String route, Optional<IdempotencyKey> key) {
        return key.map(given -> derive(caller, route, given.value())).orElseGet(this::random);
    }

    /** So many for one request, as {@link #create} makes them: the first for {@code route + " 0"}, and so on. */
    public List<String> createAll(String caller, String route, Optional<IdempotencyKey> key, int count) {
        List<String> ids = new ArrayList<>(count);
        // The source of random bits is one for all threads: asked once.
        byte[] bits = new byte[key.isPresent() ? 0 : count * LENGTH];
        random.nextBytes(bits);
        for (int i = 0; i < count; i++) {
            ids.add(key.isPresent() ? derive(caller, route + " " + i, key.get().value()) : encode(bits, i * LENGTH));
        }
        return ids;
    }

    public String random() {
        byte[] bits = new byte[LENGTH];
        random.nextBytes(bits);
        return encode(bits, 0);
    }

    public static String derive(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length before each part keeps ("ab","c") and ("a","bc") apart.
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return encode(digest.digest(), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** Five bits of each of the 26 bytes from there on. */
    private static String encode(byte[] bytes, int from) {
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = ALPHABET[bytes[from + i] & 31];
        }
        return new String(id);
    }
}

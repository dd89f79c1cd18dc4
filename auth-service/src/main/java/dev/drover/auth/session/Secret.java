package dev.drover.auth.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.drover.platform.identity.SessionCookie;

/** 256 bits only its bearer knows. Redis gets {@link #hash}; {@code toString} shows nothing. */
record Secret(String value) {

    private static final int BYTES = 32;

    Secret {
        if (!value.matches("[A-Za-z0-9_-]{43}")) {
            throw new IllegalArgumentException("not a secret of ours");
        }
    }

    static Secret random() {
        byte[] bits = new byte[BYTES];
        // Made where it is used: a native image must not carry a generator that was seeded at build time.
        new SecureRandom().nextBytes(bits);
        return of(bits);
    }

    static Secret of(byte[] bits) {
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The secret that follows from this one and a salt: whoever has both can find it again, and neither alone tells anything of it. */
    Secret successor(String salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return of(mac.doFinal(salt.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }

    String hash() {
        return SessionCookie.hash(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}

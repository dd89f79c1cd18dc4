package dev.drover.platform.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869) for outputs of at most one block; the JDK has it from 25 on only. */
record KeyDerivation(byte[] pseudoRandomKey) {

    static final int BYTES = 32;

    static KeyDerivation extract(byte[] salt, byte[] material) {
        return new KeyDerivation(hmac(salt.length == 0 ? new byte[BYTES] : salt, material));
    }

    /** @param purpose keeps what is derived for different uses apart */
    byte[] expand(byte[] purpose, int length) {
        if (length > BYTES) {
            throw new IllegalArgumentException("at most " + BYTES + " bytes, not " + length);
        }
        byte[] block = Arrays.copyOf(purpose, purpose.length + 1);
        block[purpose.length] = 1;
        return Arrays.copyOf(hmac(pseudoRandomKey, block), length);
    }

    byte[] expand(String purpose, int length) {
        return expand(purpose.getBytes(StandardCharsets.US_ASCII), length);
    }

    static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return "KeyDerivation[***]";
    }
}

package dev.drover.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Singleton;

/**
 * Secrets that every instance can find again and that are nowhere stored: HMAC-SHA-256 under a key derived from the signing key. Whoever
 * has that key can sign tokens anyway. They change when the signing key does.
 */
@Singleton
public class KeyedSecrets {

    private final SigningKeys keys;

    KeyedSecrets(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param purpose keeps secrets for different uses apart, whatever their context */
    public byte[] derive(String purpose, String context) {
        byte[] root = ((ECPrivateKey) keys.current().signing().key()).getS().toByteArray();
        return hmac(hmac(root, "drover " + purpose), context);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }
}

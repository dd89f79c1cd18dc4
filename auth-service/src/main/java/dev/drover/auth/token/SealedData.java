package dev.drover.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Singleton;

/**
 * Keeps stored things from whoever has only the store: encryption (AES-256-GCM) and marks of origin (HMAC-SHA-256) under keys that follow
 * from {@code data.key}. What is written names its key, so that a key may be followed by another without anything becoming unreadable.
 */
@Singleton
public final class SealedData {

    private static final String HMAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SigningKeys keys;

    SealedData(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param context what it belongs to; moved elsewhere it does not open */
    public String encrypt(String purpose, String context, byte[] secret) {
        DataKey key = keys.current().data().getFirst();
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, purpose, context, nonce).doFinal(secret);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        }
    }

    /** Empty when it was not encrypted for this purpose and context, was changed since, or its key is no longer in {@code data.key}. */
    public Optional<byte[]> decrypt(String purpose, String context, String sealed) {
        return key(sealed).flatMap(key -> {
            try {
                byte[] whole = Base64.getUrlDecoder().decode(sealed.substring(sealed.indexOf('.') + 1));
                if (whole.length < NONCE_BYTES) {
                    return Optional.empty();
                }
                byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
                return Optional.of(cipher(Cipher.DECRYPT_MODE, key, purpose, context, nonce)
                        .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * A secret that follows from something {@link #encrypt encrypted} and the key that did it: nobody can find it again who could not open
     * that. Empty when its key is no longer in {@code data.key}.
     */
    public Optional<byte[]> derive(String purpose, String context, String sealed) {
        return key(sealed).map(key -> hmac(hmac(key.bits(), "derive " + purpose), context + ":" + sealed));
    }

    /** A mark only who has the key can make. */
    public String mark(String purpose, String text) {
        return mark(keys.current().data().getFirst(), purpose, text);
    }

    /** Whether {@link #mark} made it of this text, under any key of {@code data.key}. */
    public boolean isMarkOf(String purpose, String text, String mark) {
        return key(mark)
                .map(key -> mark(key, purpose, text))
                .filter(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), mark.getBytes(StandardCharsets.US_ASCII)))
                .isPresent();
    }

    private static String mark(DataKey key, String purpose, String text) {
        byte[] mac = hmac(hmac(key.bits(), "mark " + purpose), text);
        return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private Optional<DataKey> key(String sealed) {
        int end = sealed.indexOf('.');
        return end < 0
                ? Optional.empty()
                : keys.current().data().stream()
                        .filter(key -> key.id().equals(sealed.substring(0, end)))
                        .findFirst();
    }

    private static Cipher cipher(int mode, DataKey key, String purpose, String context, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(hmac(key.bits(), "encrypt " + purpose), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }
}

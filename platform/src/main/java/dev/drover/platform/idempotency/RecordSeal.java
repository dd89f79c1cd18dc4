package dev.drover.platform.idempotency;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * All that Redis gets to see of an intention and its answer. Name, fingerprint and cipher key follow from the {@code Idempotency-Key}
 * (and the pepper, where there is one), so a copy of Redis tells neither key nor request nor answer (I-4).
 *
 * @param name        of the record
 * @param fingerprint of the request
 */
record RecordSeal(String name, String fingerprint, byte[] cipherKey) {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    static RecordSeal of(Intention intention, RequestForm request, byte[] pepper) {
        byte[] form = request.canonical();
        byte[] salt = KeyDerivation.sha256(RequestForm.joined(
                RequestForm.text(intention.caller()),
                RequestForm.text(intention.route()),
                intention.isAnonymous() ? KeyDerivation.sha256(form) : new byte[0]));
        byte[] material = RequestForm.joined(RequestForm.text(intention.key().value()), pepper);
        KeyDerivation keys = KeyDerivation.extract(salt, material);
        byte[] fingerprint = KeyDerivation.hmac(keys.expand("fingerprint", 32), form);
        return new RecordSeal(
                HexFormat.of().formatHex(keys.expand("name", 16)),
                HexFormat.of().formatHex(fingerprint),
                keys.expand("answer", 32));
    }

    String encrypt(byte[] answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(answer);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        }
    }

    /** Empty when it was not encrypted by this seal, or changed since. */
    Optional<byte[]> decrypt(String encrypted) {
        try {
            byte[] whole = Base64.getDecoder().decode(encrypted);
            if (whole.length < NONCE_BYTES) {
                return Optional.empty();
            }
            return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES))
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An answer belongs to its record and request; moved to another it does not open. */
    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(cipherKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(RequestForm.text(name + fingerprint));
        return cipher;
    }

    @Override
    public String toString() {
        return "RecordSeal[" + name + "]";
    }
}

package dev.drover.jobs.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of calls as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has them, for which receivers find libraries:
 * HMAC-SHA256 over id, time and body. The secrets come from the environment; a job only names one.
 */
final class Signatures {

    static final String EXPECTATION =
            "name=secret pairs separated by commas; a secret has 24 to 200 printable characters, or is whsec_ and base64";

    private static final String ENCODED = "whsec_";
    private static final String PAIR = "[a-z][a-z0-9-]{0,31}=[\\x21-\\x2b\\x2d-\\x7e]{24,200}";

    private final Map<String, byte[]> secrets;

    Signatures(String pairs) {
        if (!isValid(pairs)) {
            throw new IllegalArgumentException("WEBHOOK_SECRETS: " + EXPECTATION);
        }
        Map<String, byte[]> found = new HashMap<>();
        if (!pairs.isBlank()) {
            for (String pair : pairs.split(",")) {
                String[] parts = pair.strip().split("=", 2);
                found.put(parts[0], bytes(parts[1]));
            }
        }
        this.secrets = Map.copyOf(found);
    }

    static boolean isValid(String pairs) {
        if (pairs.isBlank()) {
            return true;
        }
        for (String pair : pairs.split(",", -1)) {
            if (!pair.strip().matches(PAIR)) {
                return false;
            }
            try {
                bytes(pair.strip().split("=", 2)[1]);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String secret) {
        return secret.startsWith(ENCODED)
                ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    /** The value of {@code Webhook-Signature}; empty when there is no secret of that name. */
    Optional<String> sign(String secret, String id, Instant at, String body) {
        byte[] key = secrets.get(secret);
        if (key == null) {
            return Optional.empty();
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = id + "." + at.getEpochSecond() + "." + body;
            return Optional.of(
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}

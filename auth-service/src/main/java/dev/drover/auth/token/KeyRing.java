package dev.drover.auth.token;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;

/**
 * The keys of one moment: one signs, all verify and are published, the signing one first.
 *
 * @param data for what is stored; the first writes, all read
 */
record KeyRing(SigningKey signing, Map<String, PublicKey> verifying, List<DataKey> data) {

    KeyRing {
        if (!verifying.containsKey(signing.id())) {
            throw new IllegalArgumentException("the signing key must be among those published: " + signing.id());
        }
        // Not Map.copyOf: the order is what a reader of the key set sees.
        verifying = Collections.unmodifiableMap(new LinkedHashMap<>(verifying));
    }

    Optional<PublicKey> verifying(String keyId) {
        return Optional.ofNullable(verifying.get(keyId));
    }

    /** A JWK Set (RFC 7517), public halves only. */
    Map<String, Object> keySet() {
        return Map.of("keys", published());
    }

    List<Map<String, Object>> published() {
        return verifying.entrySet().stream()
                .map(entry -> jwk(entry.getKey(), entry.getValue()))
                .toList();
    }

    static String thumbprint(PublicKey key) {
        return webKey(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    private static Map<String, Object> jwk(String keyId, PublicKey key) {
        EllipticCurveJsonWebKey webKey = webKey(key);
        webKey.setKeyId(keyId);
        webKey.setUse("sig");
        webKey.setAlgorithm("ES256");
        return webKey.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static EllipticCurveJsonWebKey webKey(PublicKey key) {
        return new EllipticCurveJsonWebKey((ECPublicKey) key);
    }
}

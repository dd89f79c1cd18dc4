package dev.drover.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

import jakarta.inject.Singleton;

import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.start.WarmUp;

/** Checks a token signed by a key made for it, which is then forgotten. It is nobody's: it names no issuer and is refused for that. */
@Singleton
final class TokenWarmUp implements WarmUp {

    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"warm-up\"}";
    private static final String CLAIMS = "{\"sub\":\"nobody\"}";

    private final TokenClaims claims;

    TokenWarmUp(TokenClaims claims) {
        this.claims = claims;
    }

    @Override
    public void run() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        try {
            claims.verify(token(keys.getPrivate()), keys.getPublic());
        } catch (ServiceException refused) {
            // As it must be.
        }
    }

    private static String token(PrivateKey key) throws GeneralSecurityException {
        String signed = base64(HEADER.getBytes(StandardCharsets.US_ASCII)) + "."
                + base64(CLAIMS.getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package dev.drover.auth.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/** An EC P-256 key from PEM: {@code PRIVATE KEY} (PKCS#8) gives both halves, {@code PUBLIC KEY} (SPKI) the one that verifies. */
record PemKey(Optional<PrivateKey> privateKey, PublicKey publicKey) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");

    /** Fails with {@link IllegalArgumentException} whose text fits after a file's name and holds nothing of the key. */
    static PemKey parse(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("holds no PEM block PRIVATE KEY (PKCS#8) or PUBLIC KEY");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            KeyFactory keys = KeyFactory.getInstance("EC");
            if (block.group(1).equals("PUBLIC")) {
                PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(der));
                requireP256(publicKey);
                return new PemKey(Optional.empty(), publicKey);
            }
            PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(der));
            requireP256(privateKey);
            return new PemKey(Optional.of(privateKey), publicHalf(keys, (ECPrivateKey) privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no EC key");
        }
    }

    private static void requireP256(Object key) {
        if (!(key instanceof ECKey ec) || !ec.getParams().getOrder().equals(P256.getN())) {
            throw new IllegalArgumentException("is no key of the curve P-256");
        }
    }

    /** PKCS#8 need not carry the public point, so it is computed: the generator times the secret number. */
    private static PublicKey publicHalf(KeyFactory keys, ECPrivateKey privateKey) throws GeneralSecurityException {
        var point = P256.getG().multiply(privateKey.getS()).normalize();
        BigInteger x = point.getAffineXCoord().toBigInteger();
        BigInteger y = point.getAffineYCoord().toBigInteger();
        return keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), privateKey.getParams()));
    }
}

package dev.drover.lab.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

import dev.drover.stores.PrivateFile;

/** The keys auth-service signs tokens and encrypts stored secrets with: made once per data folder. */
final class SigningKey {
    private static final int LINE_LENGTH = 64;
    private static final int DATA_KEY_BYTES = 32;

    private SigningKey() {}

    /** @return the folder that holds {@code current.pem} and {@code data.key} */
    static Path in(Path data) throws IOException {
        Path folder = data.resolve("keys");
        Path key = folder.resolve("current.pem");
        if (!Files.exists(key)) {
            PrivateFile.write(key, generate());
        }
        Path dataKey = folder.resolve("data.key");
        if (!Files.exists(dataKey)) {
            PrivateFile.write(dataKey, randomLine());
        }
        return folder;
    }

    private static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(pkcs8)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    private static String randomLine() {
        byte[] bits = new byte[DATA_KEY_BYTES];
        new SecureRandom().nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits) + "\n";
    }
}

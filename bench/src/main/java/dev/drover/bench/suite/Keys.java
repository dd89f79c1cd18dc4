package dev.drover.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

import dev.drover.stores.PrivateFile;

/** Keys made for one run. */
final class Keys {

    private static final int LINE_LENGTH = 64;
    private static final int DATA_KEY_BYTES = 32;

    private Keys() {}

    /** As auth-service reads them. */
    static Path in(Path data) throws IOException {
        Path folder = data.resolve("keys");
        PrivateFile.write(
                folder.resolve("current.pem"),
                pem("PRIVATE KEY", pair().getPrivate().getEncoded()));
        PrivateFile.write(folder.resolve("data.key"), random() + "\n");
        return folder.toAbsolutePath();
    }

    /** The private one in {@code file}, the public one beside it with {@code .pub}. */
    static void pairIn(Path file) throws IOException {
        KeyPair pair = pair();
        PrivateFile.write(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        PrivateFile.write(
                file.resolveSibling(file.getFileName() + ".pub"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    static String random() {
        byte[] bits = new byte[DATA_KEY_BYTES];
        new SecureRandom().nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END " + kind + "-----\n";
    }
}

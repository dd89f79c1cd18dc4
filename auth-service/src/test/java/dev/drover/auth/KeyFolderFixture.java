package dev.drover.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * A folder with a signing key, as an operator mounts it, and hashes that cost next to nothing: the tests log in by the thousand. What a hash
 * costs in earnest, those of the hasher and the black-box tests pay.
 */
public final class KeyFolderFixture implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            // By this name in the variables of the packaged service's process too (pom.xml).
            Path folder = Files.createDirectories(Path.of("target", "keys"));
            Files.writeString(folder.resolve("current.pem"), TestPem.privateKey(TestPem.generate()));
            Files.writeString(folder.resolve("data.key"), TestPem.dataKey());
            return Map.of(
                    "JWT_KEYS",
                    folder.toAbsolutePath().toString(),
                    // A busy build machine is no flood of log-ins.
                    "auth.password.gate.patience",
                    "PT30S",
                    "auth.password.argon2.memory-kibibytes",
                    "64",
                    "auth.password.argon2.iterations",
                    "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The folder is under target and goes with it.
    }
}

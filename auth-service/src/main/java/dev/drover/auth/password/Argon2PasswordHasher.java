package dev.drover.auth.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import dev.drover.auth.password.PasswordHash.Parameters;

/** Argon2id by BouncyCastle: one hash allocates the memory it fills and little else (ADR 0008 compares the libraries). */
@ApplicationScoped
class Argon2PasswordHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Parameters parameters;
    private final HashGate gate;
    private final Timer duration;

    Argon2PasswordHasher(PasswordConfig config, MeterRegistry metrics) {
        this.parameters = new Parameters(
                config.argon2().memoryKibibytes(),
                config.argon2().iterations(),
                config.argon2().parallelism());
        PasswordConfig.Gate limits = config.gate();
        int concurrent = limits.concurrent() > 0
                ? limits.concurrent()
                : concurrent(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory(),
                        parameters);
        this.gate = new HashGate(concurrent, limits.waiting(), limits.patience(), limits.retryAfter());
        this.duration = metrics.timer("drover.auth.password_hashes");
        Gauge.builder("drover.auth.password_hashes_waiting", gate, HashGate::waiting)
                .register(metrics);
    }

    @Override
    public PasswordHash hash(Password password) {
        byte[] salt = salt();
        return PasswordHash.of(parameters, salt, compute(password, parameters, salt, HASH_BYTES));
    }

    @Override
    public boolean matches(Password password, PasswordHash stored) {
        byte[] expected = stored.hashBytes();
        byte[] actual = compute(password, stored.parameters(), stored.saltBytes(), expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public boolean isOutdated(PasswordHash stored) {
        return !stored.parameters().equals(parameters);
    }

    @Override
    public boolean matchesNothing(Password password) {
        compute(password, parameters, salt(), HASH_BYTES);
        return false;
    }

    private byte[] compute(Password password, Parameters cost, byte[] salt, int length) {
        return gate.pass(() -> duration.recordCallable(() -> argon2id(password.utf8(), cost, salt, length)));
    }

    /** One hash per core, as far as half of the memory of the process allows, and at least one. */
    static int concurrent(int cores, long memoryBytes, Parameters cost) {
        long byMemory = memoryBytes / 2 / (cost.memoryKibibytes() * 1024L);
        return (int) Math.clamp(byMemory, 1, cores);
    }

    static byte[] argon2id(byte[] password, Parameters cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKibibytes())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        Arrays.fill(password, (byte) 0);
        return hash;
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    @PreDestroy
    void close() {
        gate.close();
    }
}

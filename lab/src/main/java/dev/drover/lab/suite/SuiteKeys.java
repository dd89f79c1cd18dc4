package dev.drover.lab.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import dev.drover.stores.PrivateFile;

/**
 * The folder auth-service has its keys from: {@code current.pem} signs, {@code standby.pem} is published before it does, {@code
 * previous-<time>.pem} after it did, {@code data.key} is for what is stored. Made once per data folder.
 */
public final class SuiteKeys {
    /** Every instance has looked at the folder by then ({@code auth.token.keys-max-age} and as much again). */
    static final Duration PUBLISHED_AFTER = Duration.ofSeconds(20);

    /** No token of a key that signed before lives longer. */
    private static final Duration PREVIOUS_KEPT = Duration.ofHours(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String PREVIOUS = "previous-";
    private static final String PEM = ".pem";
    private static final int LINE_LENGTH = 64;
    private static final int DATA_KEY_BYTES = 32;

    private final Path folder;

    private SuiteKeys(Path folder) {
        this.folder = folder;
    }

    public static SuiteKeys in(Path data) {
        return new SuiteKeys(data.resolve("keys"));
    }

    /** What is not there yet is made. */
    Path prepared() throws IOException {
        for (Path key : List.of(current(), standby())) {
            if (!Files.exists(key)) {
                PrivateFile.write(key, generate());
            }
        }
        Path dataKey = folder.resolve("data.key");
        if (!Files.exists(dataKey)) {
            PrivateFile.write(dataKey, randomLine());
        }
        return folder;
    }

    public boolean areThere() {
        return Files.exists(current());
    }

    /** How long the standby key must still be published before it may sign; not positive when it may. Makes one where there is none. */
    public Duration untilRotation(Instant now) throws IOException {
        if (!Files.exists(standby())) {
            PrivateFile.write(standby(), generate());
        }
        Instant since = Files.getLastModifiedTime(standby()).toInstant();
        return Duration.between(now, since.plus(PUBLISHED_AFTER));
    }

    /**
     * The standby key signs from now on. Whoever reads the folder at whatever moment finds every key of a valid token: the current one is
     * copied before another takes its name. Stopped half-way, it is carried on by the next one.
     */
    public void rotate(Instant now) throws IOException {
        PrivateFile.write(folder.resolve(PREVIOUS + TIME.format(now) + PEM), Files.readString(current()));
        Files.move(standby(), current(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFile.write(standby(), generate());
        forgetOld(now);
    }

    private void forgetOld(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(SuiteKeys::isPrevious).toList()) {
                if (rotatedAt(file).plus(PREVIOUS_KEPT).isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isPrevious(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREVIOUS) && name.endsWith(PEM);
    }

    /** A name that tells no time is somebody's own, and stays. */
    private static Instant rotatedAt(Path file) {
        String name = file.getFileName().toString();
        try {
            return Instant.from(TIME.parse(name.substring(PREVIOUS.length(), name.length() - PEM.length())));
        } catch (DateTimeParseException e) {
            return Instant.MAX.minus(PREVIOUS_KEPT);
        }
    }

    private Path current() {
        return folder.resolve("current.pem");
    }

    private Path standby() {
        return folder.resolve("standby.pem");
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

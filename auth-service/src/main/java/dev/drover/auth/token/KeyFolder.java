package dev.drover.auth.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mounted folder the keys come from: {@code current.pem} signs; {@code previous.pem}, {@code previous-<date>.pem} and {@code
 * standby.pem}, {@code standby-<date>.pem}, when there, are published too, so that no valid token is refused while keys rotate. {@code data.key} is
 * for what is stored.
 */
final class KeyFolder {

    private static final String CURRENT = "current.pem";
    private static final String DATA = "data.key";
    private static final Pattern OTHER = Pattern.compile("(?:previous|standby)(?:-[A-Za-z0-9-]{1,64})?\\.pem");
    private static final int OTHERS_MAX = 15;
    private static final long FILE_BYTES_MAX = 16 * 1024;

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    static boolean isUsable(String folder) {
        try {
            new KeyFolder(Path.of(folder)).read();
            return true;
        } catch (KeyUnreadableException | InvalidPathException e) {
            return false;
        }
    }

    /** Reads all of it, or fails with a text that names the file and never its content. */
    KeyRing read() {
        PemKey current =
                readKey(CURRENT).orElseThrow(() -> new KeyUnreadableException(folder.resolve(CURRENT) + " is missing"));
        if (current.privateKey().isEmpty()) {
            throw new KeyUnreadableException(folder.resolve(CURRENT) + " must hold a private key");
        }
        Map<String, PublicKey> verifying = new LinkedHashMap<>();
        String signingId = KeyRing.thumbprint(current.publicKey());
        verifying.put(signingId, current.publicKey());
        for (String name : others()) {
            readKey(name).ifPresent(other -> verifying.put(KeyRing.thumbprint(other.publicKey()), other.publicKey()));
        }
        return new KeyRing(new SigningKey(signingId, current.privateKey().orElseThrow()), verifying, readDataKeys());
    }

    /** By name, so that dates in names come in their order. */
    private List<String> others() {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(OTHER.asMatchPredicate())
                    .sorted()
                    .toList();
            if (names.size() > OTHERS_MAX) {
                throw new KeyUnreadableException(
                        folder + " holds more than " + OTHERS_MAX + " previous and standby keys");
            }
            return names;
        } catch (IOException e) {
            throw new KeyUnreadableException(
                    folder + " cannot be listed: " + e.getClass().getSimpleName());
        }
    }

    private List<DataKey> readDataKeys() {
        return read(DATA, DataKey::parse)
                .orElseThrow(() -> new KeyUnreadableException(folder.resolve(DATA) + " is missing"));
    }

    private Optional<PemKey> readKey(String name) {
        return read(name, PemKey::parse);
    }

    private <T> Optional<T> read(String name, Function<String, T> parse) {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new KeyUnreadableException(file + " is larger than any key");
            }
            return Optional.of(parse.apply(Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new KeyUnreadableException(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            throw new KeyUnreadableException(file + " " + e.getMessage());
        }
    }

    static final class KeyUnreadableException extends RuntimeException {

        KeyUnreadableException(String message) {
            super(message);
        }
    }
}

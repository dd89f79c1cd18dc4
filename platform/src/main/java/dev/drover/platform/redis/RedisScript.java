package dev.drover.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script from {@code redis/<name>.lua}, known to Redis by its content. So the version of a script travels with the version of the
 * service: in a rolling update old and new instances each run their own.
 */
public record RedisScript(String name, String source, String sha1) {

    public static RedisScript load(String name) {
        String path = "redis/" + name + ".lua";
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("script is missing: " + path);
            }
            byte[] source = file.readAllBytes();
            String sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
            return new RedisScript(name, new String(source, StandardCharsets.UTF_8), sha1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 names scripts in Redis and must be there", e);
        }
    }
}

package dev.drover.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Lua script from {@code redis/<name>.lua}, known to Redis by its content. So the version of a script travels with the version of the
 * service: in a rolling update old and new instances each run their own. A line {@code --@include <name>} stands for
 * {@code redis/shared/<name>.lua}.
 */
public record RedisScript(String name, String source, String sha1) {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^--@include ([a-z_]+)$");

    public static RedisScript load(String name) {
        String source = INCLUDE.matcher(read(name))
                .replaceAll(part -> Matcher.quoteReplacement(read("shared/" + part.group(1))));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(name, source, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 names scripts in Redis and must be there", e);
        }
    }

    private static String read(String name) {
        String path = "redis/" + name + ".lua";
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("script is missing: " + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.drover.stores;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.embedded.core.ExecutableProvider;

import dev.drover.stores.process.Programs;

/** Finds a server to run: {@code valkey-server} or {@code redis-server} from 7 on, else the 6.2 inside the embedded-redis artifact. */
final class RedisBinary {

    private static final int MAJOR_MIN = 7;
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    private RedisBinary() {}

    static Path locate(Path folder) throws IOException {
        Optional<Path> installed = List.of("valkey-server", "redis-server").stream()
                .map(Programs::find)
                .flatMap(Optional::stream)
                .filter(RedisBinary::isRecent)
                .findFirst();
        return installed.isPresent() ? installed.get() : bundled(folder);
    }

    private static boolean isRecent(Path binary) {
        try {
            Process version = new ProcessBuilder(binary.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher major = VERSION.matcher(text);
            return major.find() && Integer.parseInt(major.group(1)) >= MAJOR_MIN;
        } catch (IOException e) {
            return false;
        }
    }

    static Path bundled(Path folder) throws IOException {
        File extracted =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        if (!extracted.setExecutable(true)) {
            throw new IOException("cannot make " + extracted + " executable");
        }
        return extracted.toPath();
    }
}

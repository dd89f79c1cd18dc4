package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.redis.RedisScript;

/**
 * Every script works on a Redis Cluster, shown by what it did while the other tests of the module ran (see {@link ScriptWatch}): so it runs
 * after them, as Quarkus orders plain tests last, and tells nothing when it runs alone.
 */
public abstract class ScriptKeysContract {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** Which module's tests run which of the platform's scripts. A new one is entered here. */
    private static final Map<String, Set<String>> SHARED = Map.of(
            "auth-service", Set.of("rate_limit", "touch_session", "note_errand"),
            "profile-service", Set.of("read_flags", "cache_begin", "cache_fill"),
            "media-service",
                    Set.of(
                            "open_media",
                            "verify_media",
                            "delete_media",
                            "attach_multipart",
                            "announce_parts",
                            "share_media",
                            "revoke_share"),
            "jobs-service",
                    Set.of(
                            "begin_processing",
                            "expire_media",
                            "lose_media",
                            "settle_processing",
                            "job_enqueue",
                            "job_link",
                            "job_release",
                            "job_arrive",
                            "queue_register",
                            "queue_release",
                            "empty_profile",
                            "leave_room",
                            "free_handle",
                            "bury_entry",
                            "idempotency_begin",
                            "idempotency_renew",
                            "idempotency_finish",
                            "idempotency_abandon"),
            "realtime-service", Set.of("channel_append", "channel_append_all"));

    /** Its folder, for example {@code jobs-service}. */
    protected abstract String module();

    @BeforeEach
    void theRedisIsOneOfOurOwn() {
        assumeThat(System.getenv("REDIS_URL"))
                .as("REDIS_URL: a Redis that is not ours is not looked into")
                .isNull();
    }

    @Test
    void everyScriptRan() throws IOException {
        ScriptRecord record = ScriptRecord.ofThisJvm();
        Map<String, String> expected = new TreeMap<>();
        scripts(Path.of("src", "main", "resources", "redis")).forEach((name, sha1) -> expected.put(name, sha1));
        Map<String, String> platform = platformScripts();
        SHARED.getOrDefault(module(), Set.of()).forEach(name -> expected.put(name, platform.get(name)));
        Eventually.within(SOON).untilAsserted(() -> assertThat(expected.entrySet().stream()
                        .filter(script -> !record.hasRun(script.getValue()))
                        .map(Map.Entry::getKey))
                .as("scripts no test of %s ran", module())
                .isEmpty());
    }

    @Test
    void everyScriptOfThePlatformIsRunByTheTestsOfSomeModule() throws IOException {
        assertThat(SHARED.values().stream().flatMap(Set::stream))
                .as("ScriptKeysContract.SHARED")
                .containsExactlyInAnyOrderElementsOf(platformScripts().keySet());
    }

    @Test
    void noScriptTouchesAKeyItDoesNotDeclareAndAllKeysOfACommandLieInOneSlot() throws IOException {
        Map<String, String> names = platformScripts();
        names.putAll(scripts(Path.of("src", "main", "resources", "redis")));
        Set<String> faults = ScriptRecord.ofThisJvm().faults().stream()
                .map(fault -> named(fault, names))
                .collect(Collectors.toSet());
        assertThat(faults).isEmpty();
    }

    private static String named(String fault, Map<String, String> names) {
        String named = fault;
        for (Map.Entry<String, String> script : names.entrySet()) {
            named = named.replace(script.getValue(), script.getKey());
        }
        return named;
    }

    private static Map<String, String> platformScripts() throws IOException {
        try {
            URI place = RedisScript.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path file = Path.of(place);
            if (Files.isDirectory(file)) {
                return scripts(file.resolve("redis"));
            }
            try (FileSystem jar = FileSystems.newFileSystem(file)) {
                return scripts(jar.getPath("redis"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the platform has no place", e);
        }
    }

    /** Name and SHA-1 of each script in a folder. */
    private static Map<String, String> scripts(Path folder) throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return scripts;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString().replace(".lua", "");
                scripts.put(name, RedisScript.load(name).sha1());
            }
        }
        return scripts;
    }
}

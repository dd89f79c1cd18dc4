package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.redis.RedisScript;
import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.RedisTalk;

class ScriptWatchTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptRecord record = new ScriptRecord(new ConcurrentHashMap<>());

    @TempDir
    Path folder;

    private EmbeddedRedis redis;
    private ScriptWatch watch;

    @BeforeEach
    void start() throws IOException {
        redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
        watch = ScriptWatch.of(redis.url(), record);
    }

    @AfterEach
    void stop() {
        watch.close();
        redis.close();
    }

    @Test
    void aScriptThatKeepsToItsKeysIsRecordedWithoutFault() {
        run(RedisScript.load("watched").source(), "2", "{a}:1", "{a}:2", "{b}:no key");
        assertThat(record.faults()).isEmpty();
    }

    @Test
    void keysInDifferentSlotsAreAFault() {
        run("return redis.call('GET', KEYS[1])", "2", "{a}", "{b}");
        assertThat(record.faults()).singleElement().asString().contains("has keys in different slots", "[{a}, {b}]");
    }

    @Test
    void aKeyThatIsNotDeclaredIsAFaultEvenInTheSameSlot() {
        run("redis.call('GET', KEYS[1]) return redis.call('INCR', ARGV[1])", "1", "{a}:1", "{a}:2");
        // The script is known to have run from its first command on; this is its second.
        Eventually.within(SOON).untilAsserted(() -> assertThat(record.faults())
                .singleElement()
                .asString()
                .contains("touches by INCR a key that is not in KEYS", "{a}:2"));
    }

    @Test
    void aPlainCommandOverSlotsIsAFaultToo() {
        Eventually.within(SOON).untilAsserted(() -> {
            RedisTalk.ask(redis.url(), "MGET", "{a}", "{b}");
            assertThat(record.faults()).singleElement().asString().startsWith("MGET has keys in different slots");
        });
    }

    /** Until it was seen: the watch may begin a little later than the first command. */
    private void run(String script, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = script;
        System.arraycopy(args, 0, all, 1, args.length);
        String sha1 = ScriptRecord.sha1(script.getBytes(StandardCharsets.UTF_8));
        Eventually.within(SOON).until(() -> {
            RedisTalk.ask(redis.url(), "EVAL", all);
            return record.hasRun(sha1);
        });
    }
}

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations/backup.md says, on a suite at work: its Redis is lost with its disk, and another one stands on the last backup. */
class BackupIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

    /** Its own: the lab goes on knowing the Redis that was lost, and tests that share a suite ask it to treat that one. */
    private final Suite suite = Suite.start(1);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        suite.close();
    }

    @Test
    void aSuiteThatLostItsRedisGoesOnFromTheLastBackup() throws Exception {
        Person person = Person.signUp(suite.anyone());
        rename(person, "Before");
        Path backup = folder.resolve("drover.rdb");

        run("redis-backup.sh", backup.toString());
        Reply after = rename(person, "After");
        suite.redis().kill();
        Path restored = suite.data().resolve("restored");
        assertThat(run("redis-restore.sh", backup.toString(), restored.toString()))
                .contains(" keys");
        suite.redis().restartRedis(restored);

        Eventually.within(BACK_WITHIN)
                .untilAsserted(() ->
                        assertThat(person.client().get("/profiles/me").status()).isEqualTo(200));
        Reply now = person.client().get("/profiles/me");
        assertThat(now.text("/displayName")).as("%s", now.body()).isEqualTo("Before");
        assertThat(now.header("ETag")).isNotEqualTo(after.header("ETag"));
        assertThat(Person.logIn(suite.anyone(), person.email(), person.password())
                        .sub())
                .isEqualTo(person.sub());
        assertThat(rename(person, "Again").text("/displayName")).isEqualTo("Again");
    }

    private static Reply rename(Person person, String name) {
        String tag = person.client().get("/profiles/me").header("ETag").orElseThrow();
        Reply renamed =
                person.client().with("If-Match", tag).patch("/profiles/me", "{\"displayName\":\"" + name + "\"}");
        assertThat(renamed.status()).as("%s", renamed.body()).isEqualTo(200);
        return renamed;
    }

    private String run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                LabProcess.home().resolve("deploy/backup").resolve(script).toString()));
        line.addAll(List.of(arguments));
        Path output = folder.resolve(script + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("REDIS_URL", suite.redisUrl());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}

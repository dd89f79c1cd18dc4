package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.EmbeddedRedis.Persistence;

class RedisBackupTest {

    private static final Path SCRIPTS = Repository.DEPLOY.resolve("backup");

    @TempDir
    private Path folder;

    @Test
    void whatWasBackedUpIsThereAfterARestoreAndSurvivesACrash() throws IOException {
        Path file = folder.resolve("drover.rdb");
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("first"), Persistence.ALWAYS, 0)) {
            cli(redis, "HSET", "drover:{usr_1}:account", "email", "ada@example.org");
            cli(redis, "XADD", "drover:{room:1}:stream", "1-1", "data", "hello");
            cli(redis, "SET", "drover:{ses_1}:session", "x", "EX", "3600");
            assertThat(run(Map.of("REDIS_URL", redis.url().toString()), "redis-backup.sh", file.toString())
                            .exit())
                    .isZero();
            cli(redis, "SET", "drover:after", "the backup");
        }
        Path restored = folder.resolve("restored");
        assertThat(run(Map.of(), "redis-restore.sh", file.toString(), restored.toString())
                        .output())
                .contains("3 keys");

        try (EmbeddedRedis redis = EmbeddedRedis.start(restored, Persistence.ALWAYS, 0)) {
            assertThat(cli(redis, "HGET", "drover:{usr_1}:account", "email")).isEqualTo("ada@example.org");
            assertThat(cli(redis, "XLEN", "drover:{room:1}:stream")).isEqualTo("1");
            assertThat(Integer.parseInt(cli(redis, "TTL", "drover:{ses_1}:session")))
                    .isBetween(1, 3600);
            assertThat(cli(redis, "EXISTS", "drover:after")).isEqualTo("0");
            redis.crashAndRestart();
            assertThat(cli(redis, "HGET", "drover:{usr_1}:account", "email")).isEqualTo("ada@example.org");
        }
    }

    @Test
    void aRestoreNeverOverwrites() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("appendonly.aof"), "precious");
        Path file = Files.writeString(folder.resolve("drover.rdb"), "REDIS");

        Result result = run(Map.of(), "redis-restore.sh", file.toString(), data.toString());

        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("is not empty");
        assertThat(data.resolve("appendonly.aof")).hasContent("precious");
    }

    @Test
    void aBackupThatCannotBeReadStopsTheRestore() throws IOException {
        Path file = Files.writeString(folder.resolve("drover.rdb"), "not a backup");

        Result result = run(
                Map.of(),
                "redis-restore.sh",
                file.toString(),
                folder.resolve("data").toString());

        assertThat(result.exit()).isNotZero();
        assertThat(result.output()).contains("Reading the backup did not succeed");
    }

    private static String cli(EmbeddedRedis redis, String... command) throws IOException {
        List<String> line = new java.util.ArrayList<>(List.of("redis-cli", "-p", Integer.toString(redis.port())));
        line.addAll(List.of(command));
        return run(Map.of(), line).output().strip();
    }

    private static Result run(Map<String, String> environment, String script, String... arguments) throws IOException {
        List<String> line =
                new java.util.ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        line.addAll(List.of(arguments));
        return run(environment, line);
    }

    private static Result run(Map<String, String> environment, List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new Result(process.exitValue(), output);
    }

    private record Result(int exit, String output) {}
}

package dev.drover.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesACrash() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.ALWAYS, 0)) {
            assertThat(ask(redis, "SET herd 42")).isEqualTo("+OK");
            long before = redis.pid();

            redis.crashAndRestart();

            assertThat(redis.pid()).isNotEqualTo(before);
            assertThat(ask(redis, "EXISTS herd")).isEqualTo(":1");
        }
    }

    @Test
    void theBundledServerIsTheOldestThatIsSupported() throws IOException {
        try (EmbeddedRedis redis =
                EmbeddedRedis.start(folder, EmbeddedRedis.Server.BUNDLED, EmbeddedRedis.Persistence.NONE, 0)) {
            assertThat(RedisTalk.ask(redis, "INFO", "server")).contains("redis_version:6.2.");
        }
    }

    @Test
    void closingLeavesNoProcess() throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0);
        long pid = redis.pid();

        redis.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void aSuspendedStoreAnswersNobodyUntilItIsResumed() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, EmbeddedRedis.Persistence.NONE, 0)) {
            redis.suspend();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
                socket.setSoTimeout(200);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(catchThrowable(() -> socket.getInputStream().read()))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            redis.resume();
            assertThat(ask(redis, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void itDoesNotOutliveAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long redis = Long.parseLong(parent.inputReader().readLine());
        ProcessHandle store = ProcessHandle.of(redis).orElseThrow();

        parent.destroyForcibly();

        store.onExit().get(10, TimeUnit.SECONDS);
        assertThat(store.isAlive()).isFalse();
    }

    /** Starts a store, says its process id, and waits to be killed. */
    static final class Parent {
        public static void main(String... args) throws Exception {
            EmbeddedRedis redis = EmbeddedRedis.start(Path.of(args[0]), EmbeddedRedis.Persistence.NONE, 0);
            System.out.println(redis.pid());
            System.in.read();
        }
    }

    private static String ask(EmbeddedRedis redis, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new java.io.BufferedReader(
                            new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}

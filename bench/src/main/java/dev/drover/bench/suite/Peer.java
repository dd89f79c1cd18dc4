package dev.drover.bench.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.process.FreePort;
import dev.drover.stores.process.Programs;

/** bench/peer, with a Redis of its own that is set as Drover's. */
public final class Peer implements AutoCloseable {

    private static final long INSTALL_SECONDS = 180;

    private final Path folder;
    private final Path data;
    private final EmbeddedRedis redis;
    private final Map<String, String> environment;
    private final List<Instance> started = new ArrayList<>();

    private Peer(Path folder, Path data, EmbeddedRedis redis, Map<String, String> environment) {
        this.folder = folder;
        this.data = data;
        this.redis = redis;
        this.environment = environment;
    }

    /** Whether it can be run here; what it is made of is installed by npm when it is not there yet. */
    public static boolean isAvailable(Path home) throws IOException, InterruptedException {
        Path folder = home.resolve("bench/peer");
        if (Programs.find("node").isEmpty() || Programs.find("npm").isEmpty()) {
            return false;
        }
        if (Files.isDirectory(folder.resolve("node_modules/bullmq"))) {
            return true;
        }
        Process npm = new ProcessBuilder("npm", "install", "--no-save", "--no-audit", "--no-fund", "--omit=dev")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
            npm.destroy();
            return false;
        }
        return npm.exitValue() == 0;
    }

    public static Peer start(Path home, Path data) throws IOException {
        Path key = data.resolve("peer/key.pem");
        Files.createDirectories(key.getParent());
        Keys.pairIn(key);
        EmbeddedRedis redis = EmbeddedRedis.start(data.resolve("peer/redis"), Stores.kept(), 0);
        Map<String, String> environment = Map.of(
                "NODE_ENV", "production",
                "REDIS_URL", redis.url().toString(),
                "KEY_FILE", key.toAbsolutePath().toString(),
                "SESSION_SECRET", Keys.random(),
                // Signing asks no store.
                "S3_ENDPOINT", "http://127.0.0.1:9000",
                "AWS_ACCESS_KEY_ID", "bench",
                "AWS_SECRET_ACCESS_KEY", Keys.random());
        return new Peer(home.resolve("bench/peer"), data, redis, environment);
    }

    public Instance api() throws IOException {
        return start("api.js", "/ready", Map.of()).awaitReady();
    }

    public Instance live() throws IOException {
        return start("live.js", "/", Map.of()).awaitReady();
    }

    /** Works on a queue from when it is connected. */
    public Instance worker(String queue, int concurrency) throws IOException {
        return start("worker.js", "/", Map.of("QUEUE", queue, "CONCURRENCY", Integer.toString(concurrency)));
    }

    private Instance start(String program, String probe, Map<String, String> more) throws IOException {
        int port = FreePort.find();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PORT", Integer.toString(port));
        variables.putAll(more);
        URI base = URI.create("http://127.0.0.1:" + port);
        Instance instance = Instance.start(
                List.of("node", folder.resolve(program).toAbsolutePath().toString()),
                variables,
                data.resolve("peer/" + program + "-" + port + ".log"),
                base,
                base.resolve(probe));
        started.add(instance);
        return instance;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
        redis.close();
    }
}

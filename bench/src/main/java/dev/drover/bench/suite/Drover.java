package dev.drover.bench.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.drover.stores.EmbeddedObjectStore;
import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.process.FreePort;

/** The suite from one build, with a Redis and an S3 of its own. Services are started when a row asks for them. */
public final class Drover implements AutoCloseable {

    /** An account that asks as fast as it is answered, as the clients of a benchmark do, is no abuse here. */
    private static final List<String> QUOTAS = List.of(
            "LOGIN",
            "LOGIN_ACCOUNT",
            "SIGNUP",
            "SIGNUP_NETWORK",
            "MAIL",
            "READ",
            "WRITE",
            "UPLOAD",
            "PUBLISH",
            "EVALUATE",
            "ENQUEUE",
            "WORK");

    private static volatile Optional<Path> recordings = Optional.empty();

    /** Some hundred requests, so that what the compiler learned of them is in the recording too. An image is recorded without a Redis to ask. */
    private static final Map<String, String> REHEARSAL =
            Map.of("DROVER_WARM_UP_ROUNDS", "50", "DROVER_WARM_UP_WITHIN", "PT60S");

    /** The first JVM that records an AOT cache with one flag, as the image does. */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    private final Path home;
    private final Path data;
    private final Optional<EmbeddedRedis> redis;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Instance> started = new ArrayList<>();
    private EmbeddedObjectStore objects;
    private int count;

    private Drover(Path home, Path data, Optional<EmbeddedRedis> redis) {
        this.home = home;
        this.data = data;
        this.redis = redis;
    }

    public static Drover start(Path home, Path data) throws IOException {
        return start(home, data, Stores.kept());
    }

    public static Drover start(Path home, Path data, EmbeddedRedis.Persistence persistence) throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.start(data.resolve("redis"), persistence, 0);
        return new Drover(home, data, Optional.of(redis)).with(redis.url().toString(), "standalone");
    }

    /** On a cluster, which is not the suite's. */
    public static Drover on(String cluster, Path home, Path data) throws IOException {
        return new Drover(home, data, Optional.empty()).with(cluster, "cluster");
    }

    private Drover with(String redisUrl, String mode) throws IOException {
        int authPort = FreePort.find();
        String url = "http://127.0.0.1:" + authPort;
        environment.putAll(Map.of(
                "AUTH_PORT",
                Integer.toString(authPort),
                "REDIS_URL",
                redisUrl,
                "REDIS_MODE",
                mode,
                "JWT_ISSUER",
                url,
                "PUBLIC_BASE_URL",
                url,
                "JWKS_URL",
                url + "/auth/.well-known/jwks.json",
                "JWT_KEYS",
                Keys.in(data).toString(),
                "BIND_HOST",
                "127.0.0.1",
                "DRAIN_DELAY",
                "PT0S",
                "DRAIN_TIMEOUT",
                "PT1S"));
        environment.putAll(Map.of(
                "MEDIA_QUOTA_FILES", "1000000",
                "JOBS_QUEUE_MAX", "100000000",
                "JOBS_DEMO", "true",
                "REALTIME_SOCKETS_PER_ACCOUNT", "100000"));
        // What comes late is measured, and not refused.
        environment.put("REDIS_TIMEOUT", "PT10S");
        QUOTAS.forEach(quota -> environment.put("RATE_LIMIT_" + quota, "off"));
        return this;
    }

    /** Every service of this run leaves a recording of the flight recorder in {@code folder}. */
    public static void recordInto(Path folder) {
        recordings = Optional.of(folder);
    }

    /** As its image starts it, and ready. */
    public Instance start(Service service) throws IOException {
        return start(service, Map.of());
    }

    public Instance start(Service service, Map<String, String> more) throws IOException {
        return start(service, more, recordedStart(service)).awaitReady();
    }

    /** As it is while it starts. The first of auth-service has the port the others expect. */
    public Instance start(Service service, Map<String, String> more, List<String> flags) throws IOException {
        boolean isFirstAuth =
                service == Service.AUTH && !environment.get("AUTH_PORT").isEmpty();
        return start(
                service,
                more,
                flags,
                isFirstAuth ? Integer.parseInt(environment.put("AUTH_PORT", "")) : FreePort.find());
    }

    /**
     * The flag for the recorded start that an image of the service would have; nothing where this JVM has none. It is recorded once in a run
     * of the benchmark.
     */
    public List<String> recordedStart(Service service) throws IOException {
        if (service == Service.BARE || Runtime.version().feature() < FIRST_WITH_AOT_CACHE) {
            return List.of();
        }
        // A recording is only good for the class path it was made with, and in a comparison there are two.
        Path cache = data.toAbsolutePath()
                .resolveSibling(
                        "starts-" + Integer.toHexString(home.toAbsolutePath().hashCode()))
                .resolve(service.label() + ".aot");
        if (!Files.exists(cache)) {
            Files.createDirectories(cache.getParent());
            try (Instance recorded =
                    start(service, REHEARSAL, List.of("-XX:AOTCacheOutput=" + cache), FreePort.find())) {
                recorded.awaitReady();
                recorded.closeRecorded();
            }
        }
        if (!Files.exists(cache)) {
            throw new IOException("The start of " + service.label() + " could not be recorded.");
        }
        return List.of("-XX:AOTCache=" + cache);
    }

    private Instance start(Service service, Map<String, String> more, List<String> flags, int port) throws IOException {
        count++;
        String id = service.label() + "-" + count;
        int management = FreePort.find();
        if (service == Service.MEDIA || service == Service.JOBS) {
            withObjects();
        }
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(Map.of(
                "PORT", Integer.toString(port), "MANAGEMENT_PORT", Integer.toString(management), "INSTANCE_ID", id));
        variables.putAll(more);
        URI base = URI.create("http://127.0.0.1:" + port);
        URI ready = service == Service.BARE
                ? base.resolve("/bare")
                : URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        Instance instance = Instance.start(
                service.command(home, recording(flags, id)), variables, data.resolve(id + ".log"), base, ready);
        started.add(instance);
        return instance;
    }

    private static List<String> recording(List<String> flags, String id) {
        List<String> all = new ArrayList<>(flags);
        recordings.ifPresent(folder -> all.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + folder.resolve(id + "-" + System.nanoTime() + ".jfr")));
        return all;
    }

    private void withObjects() throws IOException {
        if (objects == null) {
            objects = EmbeddedObjectStore.start(data.resolve("objects"), 0, "*");
            environment.putAll(Map.of(
                    "S3_ENDPOINT", objects.endpoint().toString(),
                    "S3_REGION", EmbeddedObjectStore.REGION,
                    "S3_BUCKET", EmbeddedObjectStore.BUCKET,
                    "AWS_ACCESS_KEY_ID", objects.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", objects.secretAccessKey()));
        }
    }

    public EmbeddedRedis redis() {
        return redis.orElseThrow();
    }

    public Path data() {
        return data;
    }

    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
        if (objects != null) {
            objects.close();
        }
        redis.ifPresent(EmbeddedRedis::close);
    }
}

package dev.drover.lab.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.vertx.core.json.JsonObject;

import dev.drover.stores.EmbeddedObjectStore;
import dev.drover.stores.EmbeddedRedis;

/**
 * The Redis and the S3 a suite runs on: started here, or given by {@code REDIS_URL} and {@code S3_ENDPOINT}. What is given is only used,
 * never stopped.
 */
public final class Stores implements AutoCloseable {
    private static final String REDIS_URL = "REDIS_URL";
    private static final String S3_ENDPOINT = "S3_ENDPOINT";

    private final Map<String, String> given;
    private final Optional<EmbeddedRedis> redis;
    private final Optional<EmbeddedObjectStore> objects;
    private final Map<String, StoreSwitch> switches = new TreeMap<>();

    private Stores(Map<String, String> given, Optional<EmbeddedRedis> redis, Optional<EmbeddedObjectStore> objects) {
        this.given = given;
        this.redis = redis;
        this.objects = objects;
        redis.ifPresent(started -> switches.put("redis", new StoreSwitch(started)));
        objects.ifPresent(started -> switches.put("s3", new StoreSwitch(started)));
    }

    /** @param given the environment of the lab itself */
    public static Stores start(Path data, String origin, Map<String, String> given) throws IOException {
        Optional<EmbeddedRedis> redis = isGiven(given, REDIS_URL)
                ? Optional.empty()
                : Optional.of(EmbeddedRedis.start(data.resolve("redis"), EmbeddedRedis.Persistence.ALWAYS, 0));
        try {
            Optional<EmbeddedObjectStore> objects = isGiven(given, S3_ENDPOINT)
                    ? Optional.empty()
                    : Optional.of(EmbeddedObjectStore.start(data.resolve("objects"), 0, origin));
            return new Stores(given, redis, objects);
        } catch (IOException e) {
            redis.ifPresent(EmbeddedRedis::close);
            throw e;
        }
    }

    /** The store variables of the environment contract. What was given to the lab passes on by inheritance. */
    public Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        redis.ifPresent(started -> {
            variables.put(REDIS_URL, started.url().toString());
            variables.put("REDIS_MODE", "standalone");
        });
        objects.ifPresent(started -> {
            variables.put(S3_ENDPOINT, started.endpoint().toString());
            variables.put("S3_PUBLIC_ENDPOINT", started.endpoint().toString());
            variables.put("S3_REGION", EmbeddedObjectStore.REGION);
            variables.put("S3_BUCKET", EmbeddedObjectStore.BUCKET);
            variables.put("AWS_ACCESS_KEY_ID", started.accessKeyId());
            variables.put("AWS_SECRET_ACCESS_KEY", started.secretAccessKey());
        });
        return variables;
    }

    public Optional<EmbeddedRedis> redis() {
        return redis;
    }

    public Optional<EmbeddedObjectStore> objects() {
        return objects;
    }

    /** The switches of what was started here: {@code redis}, {@code s3}. */
    public Map<String, StoreSwitch> switches() {
        return switches;
    }

    /** Where a browser uploads to. */
    public String publicOrigin() {
        String given = this.given.getOrDefault("S3_PUBLIC_ENDPOINT", this.given.getOrDefault(S3_ENDPOINT, ""));
        String endpoint = objects.map(started -> started.endpoint().toString()).orElse(given);
        return endpoint.replaceFirst("^(https?://[^/]+).*$", "$1");
    }

    /** Where the stores are, without any secret. */
    public JsonObject description() {
        return new JsonObject()
                .put(
                        "redis",
                        redis.map(started -> new JsonObject()
                                        .put("url", started.url().toString())
                                        .put("pid", started.pid())
                                        .put("embedded", true))
                                .orElseGet(() -> new JsonObject()
                                        .put("url", withoutSecret(given.get(REDIS_URL)))
                                        .put("embedded", false)))
                .put(
                        "s3",
                        objects.map(started -> new JsonObject()
                                        .put("endpoint", started.endpoint().toString())
                                        .put("bucket", EmbeddedObjectStore.BUCKET)
                                        .put("pid", started.pid())
                                        .put("embedded", true))
                                .orElseGet(() -> new JsonObject()
                                        .put("endpoint", given.get(S3_ENDPOINT))
                                        .put("embedded", false)));
    }

    /** The objects go first: nobody else needs them. */
    @Override
    public void close() {
        objects.ifPresent(EmbeddedObjectStore::close);
        redis.ifPresent(EmbeddedRedis::close);
    }

    private static boolean isGiven(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private static String withoutSecret(String urls) {
        return urls.replaceAll("//[^@/,]*@", "//***@");
    }
}

package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import dev.drover.stores.EmbeddedObjectStore;

/** A real S3 for the component tests of a module; {@code S3_ENDPOINT} and its companions, when set, name another one. */
public final class ObjectStoreFixture implements QuarkusTestResourceLifecycleManager {

    private EmbeddedObjectStore store;

    @Override
    public Map<String, String> start() {
        if (System.getenv("S3_ENDPOINT") != null) {
            return Map.of();
        }
        try {
            store = EmbeddedObjectStore.start(Path.of("target", "object-store"), 0, "http://localhost:8080");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("S3_ENDPOINT", store.endpoint().toString());
        environment.put("S3_PUBLIC_ENDPOINT", store.endpoint().toString());
        environment.put("S3_REGION", EmbeddedObjectStore.REGION);
        environment.put("S3_BUCKET", EmbeddedObjectStore.BUCKET);
        environment.put("AWS_ACCESS_KEY_ID", store.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", store.secretAccessKey());
        return environment;
    }

    @Override
    public void stop() {
        if (store != null) {
            store.close();
        }
    }
}

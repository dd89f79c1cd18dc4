package dev.drover.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/**
 * The models of one Kubernetes release, generated from its API: they refuse a field that release does not know, a missing one that it
 * requires, and a value of the wrong shape.
 */
final class KubernetesModels implements AutoCloseable {

    private static final String PACKAGE = "io.kubernetes.client.openapi.models.";

    private static final Map<String, String> PREFIXES = Map.of(
            "v1", "V1",
            "apps/v1", "V1",
            "batch/v1", "V1",
            "policy/v1", "V1",
            "autoscaling/v2", "V2",
            "networking.k8s.io/v1", "V1",
            "scheduling.k8s.io/v1", "V1",
            "rbac.authorization.k8s.io/v1", "V1");

    private final URLClassLoader models;

    KubernetesModels(String release) {
        Path jar = Repository.DEPLOY.resolve("target/kubernetes/" + release + ".jar");
        try {
            models = new ChildFirst(jar.toUri().toURL());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean know(String apiVersion) {
        return PREFIXES.containsKey(apiVersion);
    }

    /** @throws IllegalArgumentException with what is wrong */
    void check(String apiVersion, String kind, String json) {
        try {
            Class<?> model = models.loadClass(PACKAGE + PREFIXES.get(apiVersion) + kind);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, JsonParser.parseString(json));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("this release has no " + apiVersion + " " + kind, e);
        }
    }

    @Override
    public void close() {
        try {
            models.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every release has the same class names. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(URL jar) {
            super(new URL[] {jar}, KubernetesModels.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.kubernetes.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}

package dev.drover.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes {@code deploy/base} of what the builds of the services wrote: a folder for each service with what is its own, and one patch with
 * all they share. The services' {@code quarkus.kubernetes.*} properties are the source.
 */
public final class BaseManifests {

    public static final List<String> SERVICES =
            List.of("auth-service", "profile-service", "media-service", "jobs-service", "realtime-service");

    private static final String WRITTEN =
            "# Written by ./drover manifests from the properties of the service (quarkus.kubernetes.*).\n";

    private BaseManifests() {}

    public static void main(String... args) throws IOException {
        Path home = Path.of(args[0]);
        for (Map.Entry<String, String> file : of(home).entrySet()) {
            Path target = home.resolve("deploy/base").resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** The files by their path below {@code deploy/base}. */
    static SortedMap<String, String> of(Path home) throws IOException {
        Map<String, RenderedService> services = new LinkedHashMap<>();
        for (String name : SERVICES) {
            services.put(name, RenderedService.read(home, name));
        }
        // jobs-service's image again: it scales by how long jobs wait, the API by its requests.
        services.put("jobs-worker", services.get("jobs-service").inRole("jobs-worker", "JOBS_ROLE", "worker"));
        ObjectNode shared = SharedPart.of(services.values().stream()
                .map(service -> (ObjectNode) service.deployment().get("spec"))
                .toList());
        SortedMap<String, String> files = new TreeMap<>();
        files.put("shared/rendered.yaml", WRITTEN + ManifestYaml.write(patch(shared)));
        for (RenderedService service : services.values()) {
            files.putAll(folder(service, shared));
        }
        return files;
    }

    private static ObjectNode patch(ObjectNode spec) {
        ObjectNode patch = ManifestYaml.object();
        patch.put("apiVersion", "apps/v1").put("kind", "Deployment");
        patch.putObject("metadata").put("name", "every-service");
        patch.set("spec", spec);
        return patch;
    }

    private static Map<String, String> folder(RenderedService service, ObjectNode shared) throws IOException {
        String name = service.name();
        ObjectNode deployment = service.deployment().deepCopy();
        deployment.set("spec", SharedPart.remainder((ObjectNode) deployment.get("spec"), shared));
        ObjectNode account = ManifestYaml.object();
        account.put("apiVersion", "v1").put("kind", "ServiceAccount");
        account.set("metadata", deployment.get("metadata").deepCopy());
        account.put("automountServiceAccountToken", false);
        ObjectNode kustomization = ManifestYaml.object();
        kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1").put("kind", "Kustomization");
        ArrayNode resources = kustomization.putArray("resources").add("deployment.yaml");
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + "/deployment.yaml", WRITTEN + ManifestYaml.write(account, deployment));
        if (service.service().isPresent()) {
            resources.add("service.yaml");
            files.put(
                    name + "/service.yaml",
                    WRITTEN + ManifestYaml.write(service.service().get()));
        }
        files.put(name + "/kustomization.yaml", WRITTEN + ManifestYaml.write(kustomization));
        return files;
    }
}

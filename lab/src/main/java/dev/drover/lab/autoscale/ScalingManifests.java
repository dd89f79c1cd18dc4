package dev.drover.lab.autoscale;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import dev.drover.lab.autoscale.ScalingRules.Behaviour;
import dev.drover.lab.autoscale.ScalingRules.Policy;
import dev.drover.lab.autoscale.ScalingRules.Select;
import dev.drover.lab.autoscale.ScalingRules.Target;
import dev.drover.lab.autoscale.ScalingRules.Unit;

/**
 * The autoscalers as {@code deploy} has them, with both components applied, the second over the first, as kustomize does: a patch replaces what
 * it names, lists of metrics as a whole.
 */
final class ScalingManifests {
    private static final Pattern CPU = Pattern.compile("(\\d+)(m?)");
    private static final int MILLIS_PER_CORE = 1_000;

    private final Path deploy;

    /** @param home the repository */
    ScalingManifests(Path home) {
        this.deploy = home.resolve("deploy");
    }

    /** @param name of the autoscaler and its Deployment */
    ScalingRules rules(String name) throws IOException {
        Map<String, Object> spec = new HashMap<>();
        for (Map<String, Object> autoscaler : documents("components/autoscale/hpa.yaml")) {
            if (map(autoscaler, "metadata").get("name").equals(name)) {
                spec.putAll(map(autoscaler, "spec"));
            }
        }
        if (spec.isEmpty()) {
            throw new IOException("no autoscaler is called " + name);
        }
        spec.putAll(map(documents("components/autoscale/behaviour.yaml").getFirst(), "spec"));
        for (Map<String, Object> patch : documents("components/autoscale-latency/latency.yaml")) {
            if (map(patch, "metadata").get("name").equals(name)) {
                spec.putAll(map(patch, "spec"));
            }
        }
        Map<String, Object> behaviour = map(spec, "behavior");
        return new ScalingRules(
                number(spec, "minReplicas"),
                number(spec, "maxReplicas"),
                targets(name, spec),
                behaviour(map(behaviour, "scaleUp")),
                behaviour(map(behaviour, "scaleDown")));
    }

    private List<Target> targets(String name, Map<String, Object> spec) throws IOException {
        List<Target> targets = new ArrayList<>();
        for (Map<String, Object> metric : maps(spec, "metrics")) {
            switch (String.valueOf(metric.get("type"))) {
                case "ContainerResource" -> {
                    Map<String, Object> resource = map(metric, "containerResource");
                    require(resource.get("name").equals("cpu"), "only cpu is known: " + resource);
                    targets.add(new Target.Cpu(
                            number(map(resource, "target"), "averageUtilization"),
                            requestMillis(name, resource.get("container"))));
                }
                case "External" -> {
                    Map<String, Object> external = map(metric, "external");
                    Map<String, Object> target = map(external, "target");
                    require(target.get("type").equals("Value"), "only a Value is known: " + target);
                    targets.add(new Target.External(
                            String.valueOf(map(external, "metric").get("name")),
                            Double.parseDouble(String.valueOf(target.get("value")))));
                }
                default -> throw new IOException("a metric of an unknown kind: " + metric);
            }
        }
        return targets;
    }

    private int requestMillis(String name, Object container) throws IOException {
        for (Map<String, Object> object : documents("base/" + name + "/deployment.yaml")) {
            if (object.get("kind").equals("Deployment")) {
                Map<String, Object> pod = map(map(map(object, "spec"), "template"), "spec");
                for (Map<String, Object> found : maps(pod, "containers")) {
                    if (found.get("name").equals(container)) {
                        return millis(String.valueOf(
                                map(map(found, "resources"), "requests").get("cpu")));
                    }
                }
            }
        }
        throw new IOException("the Deployment " + name + " has no container " + container);
    }

    private static int millis(String quantity) throws IOException {
        Matcher cpu = CPU.matcher(quantity);
        require(cpu.matches(), "not a quantity of cores: " + quantity);
        return Integer.parseInt(cpu.group(1)) * (cpu.group(2).isEmpty() ? MILLIS_PER_CORE : 1);
    }

    private static Behaviour behaviour(Map<String, Object> described) throws IOException {
        List<Policy> policies = new ArrayList<>();
        for (Map<String, Object> policy : maps(described, "policies")) {
            policies.add(new Policy(
                    Unit.valueOf(String.valueOf(policy.get("type")).toUpperCase(Locale.ROOT)),
                    number(policy, "value"),
                    Duration.ofSeconds(number(policy, "periodSeconds"))));
        }
        return new Behaviour(
                Duration.ofSeconds(number(described, "stabilizationWindowSeconds")),
                Select.valueOf(String.valueOf(described.getOrDefault("selectPolicy", "Max"))
                        .toUpperCase(Locale.ROOT)),
                policies);
    }

    private List<Map<String, Object>> documents(String file) throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(deploy.resolve(file))) {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
                documents.add(object(document));
            }
        }
        return documents;
    }

    private static Map<String, Object> map(Map<String, Object> parent, String name) throws IOException {
        require(parent.get(name) != null, "nothing is called " + name + " in " + parent.keySet());
        return object(parent.get(name));
    }

    private static List<Map<String, Object>> maps(Map<String, Object> parent, String name) throws IOException {
        require(parent.get(name) instanceof List, "no list is called " + name + " in " + parent.keySet());
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Object item : (List<?>) parent.get(name)) {
            maps.add(object(item));
        }
        return maps;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) throws IOException {
        require(value instanceof Map, "not an object: " + value);
        return (Map<String, Object>) value;
    }

    private static int number(Map<String, Object> parent, String name) throws IOException {
        require(parent.get(name) instanceof Number, "no number is called " + name + " in " + parent.keySet());
        return ((Number) parent.get(name)).intValue();
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}

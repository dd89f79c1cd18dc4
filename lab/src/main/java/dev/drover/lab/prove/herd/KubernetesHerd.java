package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.FaultKind;

/** The suite in a namespace, by kubectl: pods are asked directly through forwarded ports, and hurt as an operator could. */
public final class KubernetesHerd implements Herd {
    private static final List<String> SERVICES = List.of("auth", "jobs", "media", "profile", "realtime");
    private static final String NAME = "app.kubernetes.io/name";
    private static final String SUFFIX = "-service";
    private static final int API_PORT = 8080;
    private static final int EDGE_PORT = 80;

    private final Kubectl kubectl;
    private final Optional<Admin> admin;
    private final Map<String, Kubectl.Forward> forwards = new ConcurrentHashMap<>();
    private final Optional<Kubectl.Forward> edge;
    private final URI gateway;
    private final List<String> services;
    private final int nodes;

    private KubernetesHerd(Kubectl kubectl, Optional<URI> url, Optional<Admin> admin)
            throws IOException, InterruptedException {
        this.kubectl = kubectl;
        this.admin = admin;
        this.edge = url.isPresent() ? Optional.empty() : Optional.of(kubectl.forward("service/edge", EDGE_PORT));
        this.gateway = url.orElseGet(
                () -> URI.create("http://127.0.0.1:" + edge.orElseThrow().port()));
        this.nodes = kubectl.json("get", "nodes")
                .getJsonArray("items", new JsonArray())
                .size();
        this.services = pods().stream()
                .filter(Pod::ready)
                .map(Pod::service)
                .distinct()
                .sorted()
                .toList();
        if (services.isEmpty()) {
            throw new IOException("no pod of the suite is ready in this namespace");
        }
    }

    /** @param url of the ingress or gateway; without one the service {@code edge} is forwarded */
    public static KubernetesHerd of(String namespace, Optional<URI> url) throws IOException, InterruptedException {
        return of(new Kubectl("kubectl", namespace), url, UrlHerd.admin(System.getenv()));
    }

    static KubernetesHerd of(Kubectl kubectl, Optional<URI> url, Optional<Admin> admin)
            throws IOException, InterruptedException {
        return new KubernetesHerd(kubectl, url, admin);
    }

    private record Pod(String name, String service, boolean ready) {}

    @Override
    public URI gateway() {
        return gateway;
    }

    @Override
    public List<Member> members() throws IOException, InterruptedException {
        List<Member> members = new ArrayList<>();
        List<Pod> pods = pods();
        forwards.forEach((name, forward) -> {
            if (!forward.isAlive() || pods.stream().noneMatch(pod -> pod.name().equals(name))) {
                forwards.remove(name);
                forward.close();
            }
        });
        for (Pod pod : pods) {
            Optional<URI> url = pod.ready() ? url(pod) : Optional.empty();
            url.ifPresent(reached -> members.add(new Member(pod.name(), pod.service(), reached, true)));
        }
        return members;
    }

    /** One that has just gone is no member. */
    private Optional<URI> url(Pod pod) {
        try {
            Kubectl.Forward forward = forwards.get(pod.name());
            if (forward == null) {
                forward = kubectl.forward("pod/" + pod.name(), API_PORT);
                forwards.put(pod.name(), forward);
            }
            return Optional.of(URI.create("http://127.0.0.1:" + forward.port()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Set<FaultKind> possible() {
        EnumSet<FaultKind> possible =
                EnumSet.of(FaultKind.KILL, FaultKind.DRAIN, FaultKind.ROLLING, FaultKind.ALL, FaultKind.SCALE);
        if (nodes > 1) {
            possible.add(FaultKind.NODE_DRAIN);
        }
        return possible;
    }

    @Override
    public List<String> services() {
        return services;
    }

    /** As many pods are ready as their Deployment asks for now: an autoscaler may have changed its mind since the beginning. */
    @Override
    public boolean isWhole() throws InterruptedException {
        return isWhole(services);
    }

    @Override
    public boolean isWholeAfter(FaultKind kind, String target) throws InterruptedException {
        return kind == FaultKind.NODE_DRAIN ? isWhole() : isWhole(List.of(target.replaceFirst("-.*", "")));
    }

    private boolean isWhole(List<String> asked) throws InterruptedException {
        try {
            Map<String, Integer> wanted = wanted();
            List<Pod> pods = pods();
            return asked.stream()
                    .allMatch(service -> ready(pods, service).size() >= Math.max(1, wanted.getOrDefault(service, 1)));
        } catch (IOException e) {
            return false;
        }
    }

    private Map<String, Integer> wanted() throws IOException, InterruptedException {
        return items("deployments").collect(Collectors.toMap(KubernetesHerd::service, deployment -> deployment
                .getJsonObject("spec")
                .getInteger("replicas", 1)));
    }

    /** Without a warning. @param pod one of the {@link #members()} */
    public void kill(String pod) throws IOException, InterruptedException {
        kubectl.run("delete", "pod", pod, "--grace-period=0", "--force", "--wait=false");
    }

    @Override
    public Optional<String> inflict(FaultKind kind, String service, int number, Struck struck)
            throws IOException, InterruptedException {
        if (kind == FaultKind.NODE_DRAIN) {
            return Optional.of(drainNode(number, struck));
        }
        List<Pod> ready = readyOf(service);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        String pod = ready.get(number % ready.size()).name();
        String deployment = "deployment/" + service + SUFFIX;
        boolean one = kind == FaultKind.KILL || kind == FaultKind.DRAIN;
        String target = one ? pod : service;
        struck.at(target);
        switch (kind) {
            case KILL -> kill(pod);
            case DRAIN -> kubectl.run("delete", "pod", pod, "--wait=true", "--timeout=90s");
            case ALL ->
                kubectl.run(
                        "delete",
                        "pods",
                        "-l",
                        NAME + "=" + service + SUFFIX,
                        "--grace-period=0",
                        "--force",
                        "--wait=false");
            case ROLLING -> {
                kubectl.run("rollout", "restart", deployment);
                kubectl.run("rollout", "status", deployment, "--timeout=180s");
            }
            case SCALE -> {
                String before = Integer.toString(Math.max(1, wanted().getOrDefault(service, 1)));
                kubectl.run("scale", deployment, "--replicas=0");
                try {
                    kubectl.run("wait", "--for=delete", "pod/" + pod, "--timeout=90s");
                } finally {
                    kubectl.run("scale", deployment, "--replicas=" + before);
                }
            }
            default -> throw new IOException(kind.label() + " cannot be done in a cluster");
        }
        return Optional.of(target);
    }

    private String drainNode(int number, Struck struck) throws IOException, InterruptedException {
        JsonArray items = kubectl.json("get", "nodes").getJsonArray("items");
        String node = items.getJsonObject(number % items.size())
                .getJsonObject("metadata")
                .getString("name");
        struck.at(node);
        try {
            kubectl.run("drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=120s");
        } finally {
            kubectl.run("uncordon", node);
        }
        return node;
    }

    @Override
    public Optional<Admin> admin() {
        return admin;
    }

    @Override
    public void close() {
        forwards.values().forEach(Kubectl.Forward::close);
        edge.ifPresent(Kubectl.Forward::close);
    }

    private List<Pod> readyOf(String service) throws IOException, InterruptedException {
        return ready(pods(), service);
    }

    private static List<Pod> ready(List<Pod> pods, String service) {
        return pods.stream()
                .filter(pod -> pod.service().equals(service) && pod.ready())
                .toList();
    }

    private List<Pod> pods() throws IOException, InterruptedException {
        return items("pods").map(KubernetesHerd::pod).toList();
    }

    /** Those of the services, of one kind. */
    private Stream<JsonObject> items(String kind) throws IOException, InterruptedException {
        return kubectl
                .json("get", kind, "-l", NAME + " in (" + String.join(SUFFIX + ",", SERVICES) + SUFFIX + ")")
                .getJsonArray("items", new JsonArray())
                .stream()
                .map(JsonObject.class::cast);
    }

    private static String service(JsonObject item) {
        return item.getJsonObject("metadata")
                .getJsonObject("labels")
                .getString(NAME)
                .replace(SUFFIX, "");
    }

    private static Pod pod(JsonObject item) {
        JsonObject metadata = item.getJsonObject("metadata");
        boolean going = metadata.getString("deletionTimestamp") != null;
        boolean ready =
                item.getJsonObject("status", new JsonObject()).getJsonArray("conditions", new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(condition -> condition.getString("type").equals("Ready")
                                && condition.getString("status").equals("True"));
        return new Pod(metadata.getString("name"), service(item), ready && !going);
    }
}

package dev.drover.lab.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.herd.Member;

/**
 * The suite of the namespace this program itself is a pod of: its pods are asked at their own addresses, and hurt through the API with the rights
 * of the pod's account.
 */
public final class PodHerd implements Herd {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final int API_PORT = 8080;
    private static final String SUFFIX = "-service";
    private static final Duration GONE_WITHIN = Duration.ofSeconds(90);
    private static final Duration ROLLED_WITHIN = Duration.ofSeconds(240);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final String namespace;
    private final URI gateway;
    private final Optional<Admin> admin;
    private final ClusterHands hands;
    private final Map<String, Integer> wanted = new TreeMap<>();

    PodHerd(KubernetesClient client, String namespace, URI gateway, Optional<Admin> admin, Clock clock)
            throws IOException {
        this.client = client;
        this.namespace = namespace;
        this.gateway = gateway;
        this.admin = admin;
        this.hands = new ClusterHands(client, namespace, clock);
        for (Pod pod : pods()) {
            if (PodState.isReady(pod)) {
                wanted.merge(service(pod), 1, Integer::sum);
            }
        }
        if (wanted.isEmpty()) {
            throw new IOException("no pod of the suite is ready in this namespace");
        }
    }

    /** Whether this program runs in a pod that has an account of the cluster. */
    public static boolean isInCluster() {
        return Files.isReadable(ACCOUNT);
    }

    public static PodHerd of(String namespace, URI gateway, Optional<Admin> admin) throws IOException {
        return new PodHerd(new KubernetesClientBuilder().build(), namespace, gateway, admin, Clock.systemUTC());
    }

    @Override
    public URI gateway() {
        return gateway;
    }

    @Override
    public List<Member> members() throws IOException {
        return pods().stream()
                .filter(pod -> PodState.isReady(pod) && pod.getStatus().getPodIP() != null)
                .map(pod -> new Member(
                        pod.getMetadata().getName(),
                        service(pod),
                        URI.create("http://" + pod.getStatus().getPodIP() + ":" + API_PORT),
                        true))
                .toList();
    }

    @Override
    public Set<FaultKind> possible() {
        return EnumSet.of(FaultKind.KILL, FaultKind.DRAIN, FaultKind.ROLLING, FaultKind.ALL, FaultKind.SCALE);
    }

    @Override
    public List<String> services() {
        return List.copyOf(wanted.keySet());
    }

    @Override
    public boolean isWhole() {
        return wanted.keySet().stream().allMatch(this::isWhole);
    }

    @Override
    public boolean isWholeAfter(FaultKind kind, String target) {
        return isWhole(target.replaceFirst("-.*", ""));
    }

    private boolean isWhole(String service) {
        try {
            return readyOf(service).size() >= wanted.getOrDefault(service, 0);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<String> inflict(FaultKind kind, String service, int number, Struck struck)
            throws IOException, InterruptedException {
        List<Member> ready = readyOf(service);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        String pod = ready.get(number % ready.size()).id();
        String target = kind == FaultKind.KILL || kind == FaultKind.DRAIN ? pod : service;
        struck.at(target);
        switch (kind) {
            case KILL -> hands.kill(pod);
            case DRAIN -> {
                hands.drain(pod);
                awaitGone(pod);
            }
            case ALL -> {
                for (Pod one : podsOf(service)) {
                    hands.kill(one.getMetadata().getName());
                }
            }
            case ROLLING -> {
                hands.restart(service + SUFFIX);
                awaitRolled(service + SUFFIX);
            }
            case SCALE -> takeAwayAndGiveBack(service, pod);
            default -> throw new IOException(kind.label() + " cannot be done from within a cluster");
        }
        return Optional.of(target);
    }

    private void takeAwayAndGiveBack(String service, String pod) throws IOException, InterruptedException {
        hands.scale(service + SUFFIX, 0);
        try {
            awaitGone(pod);
        } finally {
            hands.scale(service + SUFFIX, wanted.get(service));
        }
    }

    @Override
    public Optional<Admin> admin() {
        return admin;
    }

    @Override
    public void close() {
        client.close();
    }

    private void awaitGone(String pod) throws IOException, InterruptedException {
        await(
                GONE_WITHIN,
                pod + " is still there",
                () -> client.pods().inNamespace(namespace).withName(pod).get() == null);
    }

    private void awaitRolled(String deployment) throws IOException, InterruptedException {
        await(ROLLED_WITHIN, deployment + " is still being rolled", () -> {
            Deployment now = client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .withName(deployment)
                    .get();
            return now != null && Rollout.isOver(now);
        });
    }

    private interface Look {
        boolean isSo();
    }

    private static void await(Duration within, String otherwise, Look look) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!asked(look)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(otherwise + " after " + within.toSeconds() + " s", new TimeoutException());
            }
            Thread.sleep(LOOK);
        }
    }

    /** An API that is away for a moment says nothing. */
    private static boolean asked(Look look) {
        try {
            return look.isSo();
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private List<Member> readyOf(String service) throws IOException {
        return members().stream()
                .filter(member -> member.service().equals(service))
                .toList();
    }

    private List<Pod> podsOf(String service) throws IOException {
        return pods().stream().filter(pod -> service(pod).equals(service)).toList();
    }

    /** Those that are asked: workers answer nobody. */
    private List<Pod> pods() throws IOException {
        try {
            return client.pods().inNamespace(namespace).withLabel(ClusterView.NAME).list().getItems().stream()
                    .filter(PodHerd::isAsked)
                    .toList();
        } catch (KubernetesClientException e) {
            throw new IOException("the pods cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isAsked(Pod pod) {
        return Workload.ofObject(ClusterView.nameLabel(pod))
                .filter(workload -> workload != Workload.JOBS_WORKER)
                .isPresent();
    }

    private static String service(Pod pod) {
        return String.valueOf(ClusterView.nameLabel(pod)).replace(SUFFIX, "");
    }
}

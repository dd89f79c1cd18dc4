package dev.drover.lab.cluster;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ContainerResourceMetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;

import dev.drover.lab.room.FleetPort;
import dev.drover.lab.room.Member;
import dev.drover.lab.room.Member.Condition;
import dev.drover.lab.room.Scaling;
import dev.drover.lab.room.ServiceView;
import dev.drover.stores.process.ChildProcess.Signal;

/** The suite's pods in one namespace. It looks at what the watches have told, and acts through the API. */
final class KubernetesFleet implements FleetPort {
    private static final Duration DEAD_SHOWN_FOR = Duration.ofSeconds(4);
    private static final int DEAD_MAX = 100;
    private static final double PERCENT = 100;

    private final ClusterView view;
    private final ClusterHands hands;
    private final PodUsage usage;
    private final PodTraffic traffic;
    private final Clock clock;
    private final Deque<Ended> ended = new ConcurrentLinkedDeque<>();

    private record Ended(String pod, Instant at) {}

    KubernetesFleet(ClusterView view, ClusterHands hands, PodUsage usage, PodTraffic traffic, Clock clock) {
        this.view = view;
        this.hands = hands;
        this.usage = usage;
        this.traffic = traffic;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "pods";
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(Signal.KILL, Signal.TERM);
    }

    @Override
    public Optional<Instant> staleSince() {
        return view.staleSince();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("A pod cannot be paused from outside.");
        if (!usage.isMeasured()) {
            notes.add("This cluster does not measure processor time and memory (metrics.k8s.io).");
        }
        boolean anyReady = view.suite().stream().anyMatch(PodState::isReady);
        if (anyReady && traffic.rates().isEmpty()) {
            notes.add("The pods' meters are not in reach: requests are those through this room.");
        }
        return notes;
    }

    @Override
    public List<ServiceView> look() {
        Instant now = clock.instant();
        ended.removeIf(one -> one.at().plus(DEAD_SHOWN_FOR).isBefore(now));
        Map<String, PodUsage.Used> used = usage.used();
        Map<String, PodTraffic.Rates> rates = traffic.rates();
        return Arrays.stream(Workload.values())
                .map(workload -> view(workload, used, rates, now))
                .toList();
    }

    private ServiceView view(
            Workload workload, Map<String, PodUsage.Used> used, Map<String, PodTraffic.Rates> rates, Instant now) {
        List<Pod> pods = view.pods(workload.objectName());
        List<Member> members = new ArrayList<>();
        pods.forEach(pod -> members.add(member(pod, used, rates, now)));
        ended.stream()
                .filter(one -> one.pod().startsWith(workload.objectName() + "-"))
                .filter(one -> pods.stream()
                        .noneMatch(pod -> pod.getMetadata().getName().equals(one.pod())))
                .map(one -> dead(one.pod(), one.at()))
                .forEach(members::add);
        List<String> troubles =
                pods.stream().map(PodState::trouble).flatMap(Optional::stream).toList();
        Optional<Deployment> deployment = view.deployment(workload);
        return new ServiceView(
                workload.label(),
                deployment.map(KubernetesFleet::wanted).orElse(0),
                deployment.map(Rollout::isUnderWay).orElse(false),
                members,
                troubles,
                view.autoscaler(workload).map(KubernetesFleet::scaling));
    }

    private static Member member(
            Pod pod, Map<String, PodUsage.Used> used, Map<String, PodTraffic.Rates> rates, Instant now) {
        String name = pod.getMetadata().getName();
        Optional<PodUsage.Used> measured = Optional.ofNullable(used.get(name));
        Optional<PodTraffic.Rates> answered = Optional.ofNullable(rates.get(name));
        return new Member(
                name,
                PodState.condition(pod),
                PodState.createdAt(pod, now),
                OptionalLong.empty(),
                measured.map(one -> OptionalDouble.of(one.cores() * PERCENT)).orElseGet(OptionalDouble::empty),
                measured.map(one -> OptionalLong.of(one.memoryBytes())).orElseGet(OptionalLong::empty),
                answered.map(one -> OptionalDouble.of(one.requests())).orElseGet(OptionalDouble::empty),
                answered.map(one -> one.sockets().orElse(0)).orElse(0));
    }

    private static Member dead(String pod, Instant at) {
        return new Member(
                pod,
                Condition.DEAD,
                at,
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                0);
    }

    private static int wanted(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static Scaling scaling(HorizontalPodAutoscaler autoscaler) {
        Integer min = autoscaler.getSpec().getMinReplicas();
        Integer desired =
                autoscaler.getStatus() == null ? null : autoscaler.getStatus().getDesiredReplicas();
        OptionalInt target = autoscaler.getSpec().getMetrics().stream()
                .map(MetricSpec::getContainerResource)
                .filter(metric -> metric != null && metric.getTarget().getAverageUtilization() != null)
                .mapToInt(metric -> metric.getTarget().getAverageUtilization())
                .findFirst();
        return new Scaling(
                min == null ? 1 : min,
                autoscaler.getSpec().getMaxReplicas(),
                desired == null ? 0 : desired,
                target,
                measured(autoscaler));
    }

    private static OptionalInt measured(HorizontalPodAutoscaler autoscaler) {
        if (autoscaler.getStatus() == null || autoscaler.getStatus().getCurrentMetrics() == null) {
            return OptionalInt.empty();
        }
        return autoscaler.getStatus().getCurrentMetrics().stream()
                .map(MetricStatus::getContainerResource)
                .filter(metric -> metric != null && metric.getCurrent().getAverageUtilization() != null)
                .map(ContainerResourceMetricStatus::getCurrent)
                .mapToInt(current -> current.getAverageUtilization())
                .findFirst();
    }

    /** Only a pod of the suite: the stores have their own switches, and the rest of the namespace is nobody's here. */
    @Override
    public boolean signal(String memberId, Signal signal) throws IOException {
        if (view.pod(memberId).isEmpty()) {
            return false;
        }
        return switch (signal) {
            case KILL -> hands.kill(memberId);
            case TERM -> hands.drain(memberId);
            case STOP, CONT -> throw new IOException("a pod cannot be paused from outside");
        };
    }

    @Override
    public boolean scale(String service, int replicas) throws IOException {
        Optional<Workload> workload = Workload.named(service);
        return workload.isPresent() && hands.scale(workload.get().objectName(), replicas);
    }

    @Override
    public Restart restart(String service) throws IOException {
        Optional<Workload> workload = Workload.named(service);
        if (workload.isEmpty()) {
            return Restart.NO_SUCH_SERVICE;
        }
        if (view.deployment(workload.get()).map(Rollout::isUnderWay).orElse(false)) {
            return Restart.UNDER_WAY;
        }
        return hands.restart(workload.get().objectName()) ? Restart.BEGUN : Restart.NO_SUCH_SERVICE;
    }

    /** From any thread. */
    void ended(String pod) {
        ended.addLast(new Ended(pod, clock.instant()));
        if (ended.size() > DEAD_MAX) {
            ended.pollFirst();
        }
    }
}

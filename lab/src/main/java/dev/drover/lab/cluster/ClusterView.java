package dev.drover.lab.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import org.jboss.logging.Logger;

/**
 * The suite's pods, Deployments and autoscalers as the cluster's API tells of them by itself: one list and one watch of each, in one namespace.
 * What is seen here decides nothing: whatever acts asks the API.
 */
final class ClusterView implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterView.class);

    static final String NAME = "app.kubernetes.io/name";
    static final String REDIS = "redis";
    static final String OBJECT_STORE = "object-store";

    /** A watch ends now and then, and is begun again at once: that makes nothing old. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Clock clock;
    private final Followed<Pod> pods;
    private final Followed<Deployment> deployments;
    private final Followed<HorizontalPodAutoscaler> autoscalers;
    private Thread looking;
    private volatile Instant heardAt;

    ClusterView(KubernetesClient client, String namespace, ClusterEvents events, Clock clock) {
        this.clock = clock;
        this.heardAt = clock.instant();
        this.pods = new Followed<>(client.pods().inNamespace(namespace).withLabel(NAME), new PodNews(events), clock);
        this.deployments = new Followed<>(
                client.apps().deployments().inNamespace(namespace).withLabel(NAME), new News<>(events), clock);
        this.autoscalers = new Followed<>(
                client.autoscaling()
                        .v2()
                        .horizontalPodAutoscalers()
                        .inNamespace(namespace)
                        .withLabel(NAME),
                new News<>(events),
                clock);
    }

    /** Returns at once. */
    void start() {
        pods.start();
        deployments.start();
        autoscalers.start();
        looking = Thread.ofVirtual().name("cluster-view").start(this::lookOn);
    }

    private void lookOn() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look(pods);
                look(deployments);
                look(autoscalers);
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    /** What fails is tried again with the next look: nobody else would begin a broken watch anew. */
    private static void look(Followed<?> followed) {
        try {
            followed.look();
        } catch (RuntimeException e) {
            LOG.warn("a watch of the cluster was not begun anew", e);
        }
    }

    /** Those of the suite, of the stores beside it, and whatever else of the namespace carries a name. */
    private List<Pod> pods() {
        return pods.list();
    }

    /** Those of the suite. */
    List<Pod> suite() {
        return pods().stream()
                .filter(pod -> Workload.ofObject(nameLabel(pod)).isPresent())
                .toList();
    }

    List<Pod> pods(String name) {
        return pods().stream().filter(pod -> name.equals(nameLabel(pod))).toList();
    }

    /** One of the suite. */
    Optional<Pod> pod(String podName) {
        return suite().stream()
                .filter(pod -> pod.getMetadata().getName().equals(podName))
                .findFirst();
    }

    Optional<Deployment> deployment(Workload workload) {
        return named(deployments.list(), workload);
    }

    Optional<HorizontalPodAutoscaler> autoscaler(Workload workload) {
        return named(autoscalers.list(), workload);
    }

    /** Asked now and then: since when the watch of the pods has been silent because it is broken. */
    Optional<Instant> staleSince() {
        Instant now = clock.instant();
        if (pods.isWatching()) {
            heardAt = now;
        }
        return heardAt.plus(HEARD_WITHIN).isBefore(now) ? Optional.of(heardAt) : Optional.empty();
    }

    static String nameLabel(HasMetadata object) {
        return object.getMetadata().getLabels() == null
                ? null
                : object.getMetadata().getLabels().get(NAME);
    }

    private static <T extends HasMetadata> Optional<T> named(List<T> objects, Workload workload) {
        return objects.stream()
                .filter(object -> object.getMetadata().getName().equals(workload.objectName()))
                .findFirst();
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.interrupt();
        }
        pods.close();
        deployments.close();
        autoscalers.close();
    }

    private static class News<T> implements ResourceEventHandler<T> {
        final ClusterEvents events;

        News(ClusterEvents events) {
            this.events = events;
        }

        @Override
        public void onAdd(T added) {
            events.changed();
        }

        @Override
        public void onUpdate(T before, T now) {
            events.changed();
        }

        @Override
        public void onDelete(T gone, boolean notSeenItself) {
            events.changed();
        }
    }

    private static final class PodNews extends News<Pod> {
        PodNews(ClusterEvents events) {
            super(events);
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            boolean ours = Workload.ofObject(nameLabel(now)).isPresent();
            if (ours && !PodState.isReady(before) && PodState.isReady(now)) {
                events.ready(now.getMetadata().getName());
            }
            events.changed();
        }

        @Override
        public void onDelete(Pod gone, boolean notSeenItself) {
            if (Workload.ofObject(nameLabel(gone)).isPresent()) {
                events.ended(gone.getMetadata().getName());
            }
            events.changed();
        }
    }
}

package dev.drover.lab.cluster;

import static dev.drover.lab.cluster.WatchedCluster.POD;
import static dev.drover.lab.cluster.WatchedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.drover.lab.room.Member;
import dev.drover.lab.room.Member.Condition;
import dev.drover.lab.room.ServiceView;

/** How a cluster looks from the room. */
class KubernetesFleetTest {

    @AutoClose
    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void podsAreShownByServiceAndByWhatTheirRecordsSay() {
        cluster.api().add(ApiServer.unready("auth-service-6d5f-starts", "auth-service", false));
        cluster.api().add(ApiServer.unready("media-service-77-waits", "media-service", true));
        cluster.api().add(ApiServer.pod("jobs-worker-1-works", "jobs-worker"));
        cluster.api().add(ApiServer.pod("stranger-1", "stranger"));

        soon(() -> {
            assertThat(cluster.members("auth"))
                    .extracting(Member::id, Member::condition)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(POD, Condition.READY),
                            org.assertj.core.groups.Tuple.tuple("auth-service-6d5f-starts", Condition.STARTING));
            assertThat(cluster.members("media")).extracting(Member::condition).containsExactly(Condition.NOT_READY);
            assertThat(cluster.members("jobs-worker"))
                    .extracting(Member::condition)
                    .containsExactly(Condition.READY);
        });
        assertThat(cluster.fleet().look())
                .extracting(ServiceView::name)
                .containsExactly("auth", "profile", "media", "jobs", "jobs-worker", "realtime");
        assertThat(cluster.fleet().look().stream().flatMap(service -> service.members().stream()))
                .extracting(Member::id)
                .doesNotContain("stranger-1");
    }

    @Test
    void whatIsToldToGoDrainsAndWhatIsGoneIsDeadForAMoment() {
        // A finalizer keeps the record, as a kubelet's work does in a cluster.
        cluster.api()
                .client()
                .resource(new PodBuilder(ApiServer.pod("auth-service-6d5f-going", "auth-service"))
                        .editMetadata()
                        .withFinalizers("drover.dev/test")
                        .endMetadata()
                        .build())
                .create();
        cluster.api()
                .client()
                .pods()
                .inNamespace(ApiServer.NAMESPACE)
                .withName("auth-service-6d5f-going")
                .delete();
        soon(() -> assertThat(cluster.condition("auth-service-6d5f-going")).isEqualTo(Condition.DRAINING));

        cluster.api()
                .client()
                .pods()
                .inNamespace(ApiServer.NAMESPACE)
                .withName(POD)
                .delete();

        soon(() -> assertThat(cluster.heard()).contains("ended " + POD));
        assertThat(cluster.condition(POD)).isEqualTo(Condition.DEAD);
        soon(() -> assertThat(cluster.members("auth")).extracting(Member::id).doesNotContain(POD));
    }

    @Test
    void aPodThatBecomesReadyIsTold() {
        cluster.api().add(ApiServer.unready("media-service-77-a", "media-service", true));
        soon(() -> assertThat(cluster.members("media")).isNotEmpty());

        cluster.api()
                .client()
                .resource(ApiServer.pod("media-service-77-a", "media-service"))
                .update();

        soon(() -> assertThat(cluster.heard()).contains("ready media-service-77-a"));
        assertThat(cluster.condition("media-service-77-a")).isEqualTo(Condition.READY);
    }

    @Test
    void aPodThatDoesNotComeUpSaysWhy() {
        cluster.api()
                .client()
                .resource(new PodBuilder(ApiServer.unready("jobs-service-1-x", "jobs-service", false))
                        .editStatus()
                        .editContainerStatus(0)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("no such image")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();

        soon(() -> assertThat(cluster.service("jobs").troubles())
                .containsExactly("jobs-service-1-x waits: ImagePullBackOff, no such image"));
    }

    @Test
    void withoutMeasurementsThereIsNothingToShowAndTheRoomSaysSo() {
        cluster.usage().look();

        assertThat(cluster.members("auth").getFirst().cpuPercent()).isEmpty();
        assertThat(cluster.members("auth").getFirst().memoryBytes()).isEmpty();
        assertThat(cluster.members("auth").getFirst().requestsPerSecond()).isEmpty();
        assertThat(cluster.fleet().notes()).anyMatch(note -> note.contains("metrics.k8s.io"));
    }

    @Test
    void whatIsShownIsOldWhileTheApiIsAwayAndTrueAgainWhenItIsBack() {
        cluster.view().close();
        try (Wire wire = new Wire(cluster.api().port());
                KubernetesClient client = cluster.api().clientThrough(wire.port())) {
            cluster.watch(client, hasty());
            soon(() -> assertThat(cluster.fleet().staleSince()).isEmpty());

            wire.cut();

            soon(() -> assertThat(cluster.fleet().staleSince()).isPresent());
            assertThat(cluster.members("auth")).extracting(Member::id).containsExactly(POD);

            wire.mend();
            soon(() -> assertThat(cluster.fleet().staleSince()).isEmpty());
            cluster.api().add(ApiServer.pod("auth-service-9-new", "auth-service"));
            soon(() ->
                    assertThat(cluster.members("auth")).extracting(Member::id).contains("auth-service-9-new"));
            cluster.view().close();
        }
    }

    /** Five seconds for each: a watch that is lost for good is given up after twenty. */
    private static Clock hasty() {
        Instant start = Instant.now();
        InstantSource hasty =
                () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(5));
        return hasty.withZone(ZoneOffset.UTC);
    }
}

package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.lab.room.FleetPort.Restart;
import dev.drover.lab.room.Member;
import dev.drover.lab.room.Member.Condition;
import dev.drover.lab.room.ServiceView;
import dev.drover.stores.process.ChildProcess.Signal;
import dev.drover.testing.Eventually;

class KubernetesFleetTest {
    private static final String POD = "auth-service-6d5f-abcde";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ApiServer api;
    private ClusterView view;
    private PodUsage usage;
    private KubernetesFleet fleet;

    @BeforeEach
    void watch() {
        api = new ApiServer();
        api.add(ApiServer.pod(POD, "auth-service"));
        api.add(ApiServer.deployment("auth-service", 2));
        watch(api.client(), Clock.systemUTC());
    }

    private void watch(KubernetesClient client, Clock clock) {
        view = new ClusterView(client, ApiServer.NAMESPACE, new Heard(), clock);
        usage = new PodUsage(client, ApiServer.NAMESPACE);
        ClusterHands hands = new ClusterHands(client, ApiServer.NAMESPACE, Clock.systemUTC());
        fleet = new KubernetesFleet(view, hands, usage, new PodTraffic(List::of), Clock.systemUTC());
        view.start();
        soon(() -> assertThat(members("auth")).isNotEmpty());
        soon(() -> assertThat(service("auth").wanted()).isEqualTo(2));
    }

    @AfterEach
    void close() {
        view.close();
        api.close();
    }

    @Test
    void podsAreShownByServiceAndByWhatTheirRecordsSay() {
        api.add(ApiServer.unready("auth-service-6d5f-starts", "auth-service", false));
        api.add(ApiServer.unready("media-service-77-waits", "media-service", true));
        api.add(ApiServer.pod("jobs-worker-1-works", "jobs-worker"));
        api.add(ApiServer.pod("stranger-1", "stranger"));

        soon(() -> {
            assertThat(members("auth"))
                    .extracting(Member::id, Member::condition)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(POD, Condition.READY),
                            org.assertj.core.groups.Tuple.tuple("auth-service-6d5f-starts", Condition.STARTING));
            assertThat(members("media")).extracting(Member::condition).containsExactly(Condition.NOT_READY);
            assertThat(members("jobs-worker")).extracting(Member::condition).containsExactly(Condition.READY);
        });
        assertThat(fleet.look())
                .extracting(ServiceView::name)
                .containsExactly("auth", "profile", "media", "jobs", "jobs-worker", "realtime");
        assertThat(fleet.look().stream().flatMap(service -> service.members().stream()))
                .extracting(Member::id)
                .doesNotContain("stranger-1");
    }

    @Test
    void whatIsToldToGoDrainsAndWhatIsGoneIsDeadForAMoment() {
        // A finalizer keeps the record, as a kubelet's work does in a cluster.
        api.client()
                .resource(new PodBuilder(ApiServer.pod("auth-service-6d5f-going", "auth-service"))
                        .editMetadata()
                        .withFinalizers("drover.dev/test")
                        .endMetadata()
                        .build())
                .create();
        api.client()
                .pods()
                .inNamespace(ApiServer.NAMESPACE)
                .withName("auth-service-6d5f-going")
                .delete();
        soon(() -> assertThat(condition("auth-service-6d5f-going")).isEqualTo(Condition.DRAINING));

        api.client().pods().inNamespace(ApiServer.NAMESPACE).withName(POD).delete();

        soon(() -> assertThat(heard).contains("ended " + POD));
        assertThat(condition(POD)).isEqualTo(Condition.DEAD);
        soon(() -> assertThat(members("auth")).extracting(Member::id).doesNotContain(POD));
    }

    @Test
    void aPodThatBecomesReadyIsTold() {
        api.add(ApiServer.unready("media-service-77-a", "media-service", true));
        soon(() -> assertThat(members("media")).isNotEmpty());

        api.client()
                .resource(ApiServer.pod("media-service-77-a", "media-service"))
                .update();

        soon(() -> assertThat(heard).contains("ready media-service-77-a"));
        assertThat(condition("media-service-77-a")).isEqualTo(Condition.READY);
    }

    @Test
    void aPodThatDoesNotComeUpSaysWhy() {
        api.client()
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

        soon(() -> assertThat(service("jobs").troubles())
                .containsExactly("jobs-service-1-x waits: ImagePullBackOff, no such image"));
    }

    @Test
    void killingDeletesWithoutAWarningAndDrainingLeavesThePodItsTime() throws Exception {
        api.requests();
        assertThat(fleet.signal(POD, Signal.KILL)).isTrue();
        assertThat(deletion(api.requests()).getBody().readUtf8()).contains("\"gracePeriodSeconds\":0");
        assertThat(api.hasPod(POD)).isFalse();

        api.add(ApiServer.pod("auth-service-6d5f-second", "auth-service"));
        soon(() -> assertThat(members("auth")).extracting(Member::id).contains("auth-service-6d5f-second"));
        api.requests();
        assertThat(fleet.signal("auth-service-6d5f-second", Signal.TERM)).isTrue();
        assertThat(deletion(api.requests()).getBody().readUtf8()).doesNotContain("gracePeriodSeconds");
    }

    @Test
    void onlyPodsOfTheSuiteAreTouchedAndNoneIsPaused() throws Exception {
        api.add(ApiServer.pod("redis-0", "redis"));
        soon(() -> assertThat(view.pods("redis")).hasSize(1));

        assertThat(fleet.signal("redis-0", Signal.KILL)).isFalse();
        assertThat(fleet.signal("nobody", Signal.KILL)).isFalse();
        assertThat(api.hasPod("redis-0")).isTrue();
        assertThat(fleet.signals()).containsExactlyInAnyOrder(Signal.KILL, Signal.TERM);
        assertThatThrownBy(() -> fleet.signal(POD, Signal.STOP)).isInstanceOf(IOException.class);
    }

    @Test
    void aServiceIsScaledByItsScaleAlone() throws Exception {
        api.autoscale("auth-service", 1, 3);
        api.requests();

        assertThat(fleet.scale("auth", 3)).isTrue();

        assertThat(api.requests())
                .filteredOn(request -> !request.getMethod().equals("GET"))
                .allSatisfy(request -> assertThat(request.getPath()).endsWith("/deployments/auth-service/scale"))
                .isNotEmpty();
        assertThat(fleet.scale("none", 1)).isFalse();
        soon(() -> {
            assertThat(service("auth").autoscaler()).hasValueSatisfying(scaling -> {
                assertThat(scaling.min()).isEqualTo(1);
                assertThat(scaling.max()).isEqualTo(3);
                assertThat(scaling.targetPercent()).hasValue(70);
                assertThat(scaling.nowPercent()).isEmpty();
            });
        });
    }

    @Test
    void aRestartIsAnAnnotationAndIsShownUntilEveryPodIsNew() throws Exception {
        assertThat(fleet.restart("auth")).isEqualTo(Restart.BEGUN);
        assertThat(api.client()
                        .apps()
                        .deployments()
                        .inNamespace(ApiServer.NAMESPACE)
                        .withName("auth-service")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");

        api.client()
                .apps()
                .deployments()
                .inNamespace(ApiServer.NAMESPACE)
                .withName("auth-service")
                .editStatus(now -> {
                    now.getStatus().setUpdatedReplicas(1);
                    return now;
                });

        soon(() -> assertThat(service("auth").restarting()).isTrue());
        assertThat(fleet.restart("auth")).isEqualTo(Restart.UNDER_WAY);
        assertThat(fleet.restart("none")).isEqualTo(Restart.NO_SUCH_SERVICE);
    }

    @Test
    void withoutMeasurementsThereIsNothingToShowAndTheRoomSaysSo() {
        usage.look();

        assertThat(members("auth").getFirst().cpuPercent()).isEmpty();
        assertThat(members("auth").getFirst().memoryBytes()).isEmpty();
        assertThat(members("auth").getFirst().requestsPerSecond()).isEmpty();
        assertThat(fleet.notes()).anyMatch(note -> note.contains("metrics.k8s.io"));
    }

    @Test
    void whatIsShownIsOldWhileTheApiIsAwayAndTrueAgainWhenItIsBack() {
        view.close();
        try (Wire wire = new Wire(api.port());
                KubernetesClient client = api.clientThrough(wire.port())) {
            watch(client, new Hasty());
            soon(() -> assertThat(fleet.staleSince()).isEmpty());

            wire.cut();

            soon(() -> assertThat(fleet.staleSince()).isPresent());
            assertThat(members("auth")).extracting(Member::id).containsExactly(POD);

            wire.mend();
            soon(() -> assertThat(fleet.staleSince()).isEmpty());
            api.add(ApiServer.pod("auth-service-9-new", "auth-service"));
            soon(() -> assertThat(members("auth")).extracting(Member::id).contains("auth-service-9-new"));
            view.close();
        }
    }

    /** Five seconds for each: a watch that is lost for good is given up after twenty. */
    private static final class Hasty extends Clock {
        private final Instant start = Instant.now();

        @Override
        public Instant instant() {
            return start.plus(Duration.between(start, Instant.now()).multipliedBy(5));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static RecordedRequest deletion(List<RecordedRequest> requests) {
        return requests.stream()
                .filter(request -> request.getMethod().equals("DELETE"))
                .findFirst()
                .orElseThrow();
    }

    private Condition condition(String pod) {
        return fleet.look().stream()
                .flatMap(service -> service.members().stream())
                .filter(member -> member.id().equals(pod))
                .map(Member::condition)
                .findFirst()
                .orElse(null);
    }

    private List<Member> members(String service) {
        return service(service).members();
    }

    private ServiceView service(String name) {
        return fleet.look().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void soon(Eventually.Assertion assertion) {
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(assertion);
    }

    private final class Heard implements ClusterEvents {
        @Override
        public void ready(String pod) {
            heard.add("ready " + pod);
        }

        @Override
        public void ended(String pod) {
            fleet.ended(pod);
            heard.add("ended " + pod);
        }

        @Override
        public void changed() {
            // The tests look by themselves.
        }
    }
}

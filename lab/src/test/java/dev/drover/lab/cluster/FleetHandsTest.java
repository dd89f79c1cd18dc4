package dev.drover.lab.cluster;

import static dev.drover.lab.cluster.WatchedCluster.POD;
import static dev.drover.lab.cluster.WatchedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import io.fabric8.mockwebserver.http.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.drover.lab.room.FleetPort.Restart;
import dev.drover.lab.room.Member;
import dev.drover.stores.process.ChildProcess.Signal;

/** What the fleet does to a cluster: pods are killed and drained, services are scaled and restarted, and nothing else is touched. */
class FleetHandsTest {

    @AutoClose
    private final WatchedCluster cluster = new WatchedCluster();

    @Test
    void killingDeletesWithoutAWarningAndDrainingLeavesThePodItsTime() throws Exception {
        cluster.api().requests();
        assertThat(cluster.fleet().signal(POD, Signal.KILL)).isTrue();
        assertThat(deletion(cluster.api().requests()).getBody().readUtf8()).contains("\"gracePeriodSeconds\":0");
        assertThat(cluster.api().hasPod(POD)).isFalse();

        cluster.api().add(ApiServer.pod("auth-service-6d5f-second", "auth-service"));
        soon(() -> assertThat(cluster.members("auth")).extracting(Member::id).contains("auth-service-6d5f-second"));
        cluster.api().requests();
        assertThat(cluster.fleet().signal("auth-service-6d5f-second", Signal.TERM))
                .isTrue();
        assertThat(deletion(cluster.api().requests()).getBody().readUtf8()).doesNotContain("gracePeriodSeconds");
    }

    @Test
    void onlyPodsOfTheSuiteAreTouchedAndNoneIsPaused() throws Exception {
        cluster.api().add(ApiServer.pod("redis-0", "redis"));
        soon(() -> assertThat(cluster.view().pods("redis")).hasSize(1));

        assertThat(cluster.fleet().signal("redis-0", Signal.KILL)).isFalse();
        assertThat(cluster.fleet().signal("nobody", Signal.KILL)).isFalse();
        assertThat(cluster.api().hasPod("redis-0")).isTrue();
        assertThat(cluster.fleet().signals()).containsExactlyInAnyOrder(Signal.KILL, Signal.TERM);
        assertThatThrownBy(() -> cluster.fleet().signal(POD, Signal.STOP)).isInstanceOf(IOException.class);
    }

    @Test
    void aServiceIsScaledByItsScaleAlone() throws Exception {
        cluster.api().autoscale("auth-service", 1, 3);
        cluster.api().requests();

        assertThat(cluster.fleet().scale("auth", 3)).isTrue();

        assertThat(cluster.api().requests())
                .filteredOn(request -> !request.getMethod().equals("GET"))
                .allSatisfy(request -> assertThat(request.getPath()).endsWith("/deployments/auth-service/scale"))
                .isNotEmpty();
        assertThat(cluster.fleet().scale("none", 1)).isFalse();
        soon(() -> {
            assertThat(cluster.service("auth").autoscaler()).hasValueSatisfying(scaling -> {
                assertThat(scaling.min()).isEqualTo(1);
                assertThat(scaling.max()).isEqualTo(3);
                assertThat(scaling.targetPercent()).hasValue(70);
                assertThat(scaling.nowPercent()).isEmpty();
            });
        });
    }

    @Test
    void aRestartIsAnAnnotationAndIsShownUntilEveryPodIsNew() throws Exception {
        assertThat(cluster.fleet().restart("auth")).isEqualTo(Restart.BEGUN);
        assertThat(cluster.api()
                        .client()
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

        cluster.api()
                .client()
                .apps()
                .deployments()
                .inNamespace(ApiServer.NAMESPACE)
                .withName("auth-service")
                .editStatus(now -> {
                    now.getStatus().setUpdatedReplicas(1);
                    return now;
                });

        soon(() -> assertThat(cluster.service("auth").restarting()).isTrue());
        assertThat(cluster.fleet().restart("auth")).isEqualTo(Restart.UNDER_WAY);
        assertThat(cluster.fleet().restart("none")).isEqualTo(Restart.NO_SUCH_SERVICE);
    }

    private static RecordedRequest deletion(List<RecordedRequest> requests) {
        return requests.stream()
                .filter(request -> request.getMethod().equals("DELETE"))
                .findFirst()
                .orElseThrow();
    }
}

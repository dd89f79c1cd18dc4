package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.lab.prove.FaultKind;
import dev.drover.lab.prove.herd.Member;

class PodHerdTest {
    private static final URI EDGE = URI.create("http://edge");

    private final ApiServer api = new ApiServer();
    private final List<String> struck = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void readyPodsAreAskedAtTheirOwnAddresses() throws Exception {
        aSuiteOfTwoAndAWorker();
        api.add(ApiServer.unready("auth-service-1-starts", "auth-service", false));
        try (PodHerd herd = herd()) {
            assertThat(herd.members())
                    .extracting(Member::id, Member::service, Member::url)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(
                                    "auth-service-1-a", "auth", URI.create("http://10.0.0.1:8080")),
                            org.assertj.core.groups.Tuple.tuple(
                                    "auth-service-1-b", "auth", URI.create("http://10.0.0.2:8080")));
            assertThat(herd.services()).containsExactly("auth");
            assertThat(herd.gateway()).isEqualTo(EDGE);
        }
    }

    @Test
    void itIsWholeWhenAsManyAreReadyAsWereAtFirst() throws Exception {
        aSuiteOfTwoAndAWorker();
        try (PodHerd herd = herd()) {
            assertThat(herd.isWhole()).isTrue();

            assertThat(herd.inflict(FaultKind.KILL, "auth", 0, struck::add)).isPresent();

            assertThat(struck).hasSize(1);
            assertThat(api.hasPod(struck.getFirst())).isFalse();
            assertThat(herd.isWhole()).isFalse();
            assertThat(herd.isWholeAfter(FaultKind.KILL, struck.getFirst())).isFalse();

            api.add(at("10.0.0.9", ApiServer.pod("auth-service-1-c", "auth-service")));
            assertThat(herd.isWholeAfter(FaultKind.KILL, struck.getFirst())).isTrue();
        }
    }

    @Test
    void allOfAServiceIsThatServiceAndNobodyElse() throws Exception {
        aSuiteOfTwoAndAWorker();
        try (PodHerd herd = herd()) {
            assertThat(herd.inflict(FaultKind.ALL, "auth", 1, struck::add)).contains("auth");

            assertThat(herd.members()).isEmpty();
            assertThat(api.hasPod("jobs-worker-1-a")).isTrue();
            assertThat(herd.inflict(FaultKind.KILL, "auth", 0, struck::add)).isEmpty();
        }
    }

    @Test
    void aNamespaceWithoutTheSuiteIsRefused() {
        assertThatThrownBy(this::herd).hasMessageContaining("no pod of the suite is ready");
    }

    private void aSuiteOfTwoAndAWorker() {
        api.add(at("10.0.0.1", ApiServer.pod("auth-service-1-a", "auth-service")));
        api.add(at("10.0.0.2", ApiServer.pod("auth-service-1-b", "auth-service")));
        api.add(at("10.0.0.3", ApiServer.pod("jobs-worker-1-a", "jobs-worker")));
    }

    private PodHerd herd() throws Exception {
        return new PodHerd(api.newClient(), ApiServer.NAMESPACE, EDGE, Optional.empty(), Clock.systemUTC());
    }

    private static Pod at(String ip, Pod pod) {
        return new PodBuilder(pod).editStatus().withPodIP(ip).endStatus().build();
    }
}

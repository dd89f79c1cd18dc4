package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.drover.lab.room.Member;
import dev.drover.lab.room.Member.Condition;
import dev.drover.lab.room.ServiceView;
import dev.drover.testing.Eventually;

/** A cluster with one pod of auth-service, of which two are wanted, and the fleet as it is seen there. */
final class WatchedCluster implements AutoCloseable {

    static final String POD = "auth-service-6d5f-abcde";

    private final ApiServer api = new ApiServer();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ClusterView view;
    private PodUsage usage;
    private KubernetesFleet fleet;

    WatchedCluster() {
        api.add(ApiServer.pod(POD, "auth-service"));
        api.add(ApiServer.deployment("auth-service", 2));
        watch(api.client(), Clock.systemUTC());
    }

    /** Looks with this client from now on. */
    void watch(KubernetesClient client, Clock clock) {
        view = new ClusterView(client, ApiServer.NAMESPACE, new Heard(), clock);
        usage = new PodUsage(client, ApiServer.NAMESPACE);
        ClusterHands hands = new ClusterHands(client, ApiServer.NAMESPACE, Clock.systemUTC());
        fleet = new KubernetesFleet(view, hands, usage, new PodTraffic(List::of), Clock.systemUTC());
        view.start();
        soon(() -> assertThat(members("auth")).isNotEmpty());
        soon(() -> assertThat(service("auth").wanted()).isEqualTo(2));
    }

    ApiServer api() {
        return api;
    }

    ClusterView view() {
        return view;
    }

    PodUsage usage() {
        return usage;
    }

    KubernetesFleet fleet() {
        return fleet;
    }

    /** What the view has told. */
    List<String> heard() {
        return heard;
    }

    Condition condition(String pod) {
        return fleet.look().stream()
                .flatMap(service -> service.members().stream())
                .filter(member -> member.id().equals(pod))
                .map(Member::condition)
                .findFirst()
                .orElse(null);
    }

    List<Member> members(String service) {
        return service(service).members();
    }

    ServiceView service(String name) {
        return fleet.look().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static void soon(Eventually.Assertion assertion) {
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(assertion);
    }

    @Override
    public void close() {
        view.close();
        api.close();
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

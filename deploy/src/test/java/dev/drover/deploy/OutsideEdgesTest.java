package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What leaves the namespace, and what comes in from other ones, where the stores are elsewhere. */
class OutsideEdgesTest {

    private static final Set<Integer> REDIS = Set.of(6379, 6380, 26379);
    private static final Set<Integer> STORE = Set.of(443);
    private static final Set<String> USES_THE_STORE = Set.of("media-service", "jobs-service", "jobs-worker");
    private static final String WORKER = "jobs-worker";

    private final Manifests production = Manifests.production();

    @Test
    void everyServiceReachesItsStoresOutsideAndOnlyWorkersTheWorld() {
        int smtp = Integer.parseInt(production
                .environment(production.serviceTemplates().get(WORKER))
                .get("SMTP_PORT"));
        Map<String, Set<Integer>> needed = new TreeMap<>();
        for (String name : production.serviceTemplates().keySet()) {
            Set<Integer> ports = new TreeSet<>(REDIS);
            if (USES_THE_STORE.contains(name)) {
                ports.addAll(STORE);
            }
            if (name.equals(WORKER)) {
                // What jobs call, and both ways mail is handed in.
                ports.addAll(Set.of(80, 443, 465, smtp));
            }
            needed.put(name, ports);
        }

        Map<String, Set<Integer>> open = new TreeMap<>();
        rules("Egress", "egress", "to", (name, peer, ports) -> {
            if (peer.has("ipBlock")) {
                open.computeIfAbsent(name, any -> new TreeSet<>()).addAll(ports);
            }
        });
        assertThat(open).isEqualTo(needed);
    }

    /** Users name what jobs call. Redis and its sentinels aside, which do not speak HTTP, nothing in a private network may be behind it. */
    @Test
    void aWorkerReachesNoPrivateAddressByHttp() {
        rules("Egress", "egress", "to", (name, peer, ports) -> {
            String range = peer.at("/ipBlock/cidr").asText();
            if (name.equals(WORKER) && !range.isEmpty() && !REDIS.containsAll(ports)) {
                Set<String> except = new TreeSet<>();
                peer.at("/ipBlock/except").forEach(one -> except.add(one.asText()));
                if (range.equals("0.0.0.0/0")) {
                    assertThat(except)
                            .contains("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");
                } else {
                    assertThat(range).as("what is routed on the internet").isEqualTo("2000::/3");
                }
            }
        });
    }

    @Test
    void requestsComeFromTheGatewayAndMetricsAreReadByMonitoringAndNobodyElseComesIn() {
        Map<String, Map<String, Set<Integer>>> open = new TreeMap<>();
        rules("Ingress", "ingress", "from", (name, peer, ports) -> {
            assertThat(peer.has("ipBlock")).as(name).isFalse();
            peer.at("/namespaceSelector/matchLabels").fieldNames().forEachRemaining(label -> open.computeIfAbsent(
                            name, any -> new TreeMap<>())
                    .computeIfAbsent(label, any -> new TreeSet<>())
                    .addAll(ports));
        });

        Map<String, Map<String, Set<Integer>>> needed = new TreeMap<>();
        production.serviceTemplates().keySet().forEach(name -> {
            Map<String, Set<Integer>> who = new TreeMap<>(Map.of("drover.dev/monitoring", Set.of(9000)));
            if (production.named("Service", name).isPresent()) {
                who.put("drover.dev/gateway", Set.of(8080));
            }
            needed.put(name, who);
        });
        assertThat(open).isEqualTo(needed);
    }

    private interface Rule {
        void of(String name, JsonNode peer, Set<Integer> ports);
    }

    /** Every peer of every policy that selects a pod here; DNS aside, which everybody may ask. */
    private void rules(String direction, String rules, String peers, Rule rule) {
        production.podTemplates().forEach((name, template) -> production
                .ofKind("NetworkPolicy")
                .filter(policy -> policy.at("/spec/policyTypes").toString().contains(direction))
                .filter(policy -> !Manifests.nameOf(policy).equals("dns"))
                .filter(policy -> Selectors.selects(policy.at("/spec/podSelector"), template.at("/metadata/labels")))
                .forEach(policy -> policy.at("/spec/" + rules).forEach(entry -> {
                    Set<Integer> ports = new TreeSet<>();
                    entry.path("ports")
                            .forEach(port -> ports.add(port.path("port").asInt()));
                    assertThat(ports)
                            .as("%s: every port", Manifests.nameOf(policy))
                            .isNotEmpty();
                    assertThat(entry.path(peers)).as(Manifests.nameOf(policy)).isNotEmpty();
                    entry.path(peers).forEach(peer -> rule.of(name, peer, ports));
                })));
    }
}

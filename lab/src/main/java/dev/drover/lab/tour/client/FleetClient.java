package dev.drover.lab.tour.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The lab as anybody sees it: which instances there are, and, with the lab's token, how to kill one. */
public final class FleetClient {

    private final HttpApi lab;

    public FleetClient(URI gateway, String token) {
        this.lab = HttpApi.at(gateway).byToken(token);
    }

    public List<Member> members() {
        Answer answer = lab.get("/lab/fleet").expect(200);
        List<Member> members = new ArrayList<>();
        for (JsonNode instance : answer.json().path("instances")) {
            members.add(new Member(
                    instance.path("id").asText(),
                    instance.path("service").asText(),
                    URI.create(instance.path("url").asText()),
                    instance.path("state").asText()));
        }
        return members;
    }

    public List<Member> ready(String service) {
        return members().stream()
                .filter(member -> member.service().equals(service) && member.isReady())
                .toList();
    }

    /** An instance that cannot remember what was said to the other one. */
    public Member another(String service, String than) {
        return ready(service).stream()
                .filter(member -> !member.id().equals(than))
                .findFirst()
                .orElseThrow(() -> new TourFailure(
                        "the fleet of " + service,
                        "a ready instance besides " + than + " (./drover up --replicas 2)",
                        "none",
                        "the lab"));
    }

    public Answer kill(String id) {
        return lab.post(
                        "/lab/instances/" + id + "/kill",
                        JsonNodeFactory.instance.objectNode().put("signal", "KILL"))
                .expect(202, 204);
    }

    /** One instance, with the address at which it answers itself. */
    public record Member(String id, String service, URI url, String state) {

        public boolean isReady() {
            return state.equals("ready");
        }
    }
}

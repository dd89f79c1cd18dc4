package dev.drover.lab.tour.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The lab as anybody sees it: which instances there are, and, with the lab's token, how to kill one. */
public final class FleetClient implements Fleet {

    private final HttpApi lab;

    public FleetClient(URI gateway, String token) {
        this.lab = HttpApi.at(gateway).byToken(token);
    }

    @Override
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

    @Override
    public void kill(String id) {
        lab.post(
                        "/lab/instances/" + id + "/kill",
                        JsonNodeFactory.instance.objectNode().put("signal", "KILL"))
                .expect(202, 204);
    }

    @Override
    public String keeper() {
        return "the lab";
    }
}

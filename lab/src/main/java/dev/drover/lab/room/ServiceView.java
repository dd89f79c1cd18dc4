package dev.drover.lab.room;

import java.util.List;
import java.util.Optional;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A service at one moment.
 *
 * @param wanted     how many members it is to have
 * @param restarting whether its members are being replaced one after the other
 * @param members    those that live, and those that ended a moment ago
 * @param troubles   why members do not stay
 * @param autoscaler what decides how many it is to have, when something does
 */
public record ServiceView(
        String name,
        int wanted,
        boolean restarting,
        List<Member> members,
        List<String> troubles,
        Optional<Scaling> autoscaler) {
    public ServiceView {
        members = List.copyOf(members);
        troubles = List.copyOf(troubles);
    }

    long ready() {
        return members.stream()
                .filter(member -> member.condition() == Member.Condition.READY)
                .count();
    }

    JsonObject toJson() {
        JsonArray rendered = new JsonArray();
        members.forEach(member -> rendered.add(member.toJson()));
        JsonObject object = new JsonObject()
                .put("name", name)
                .put("wanted", wanted)
                .put("restarting", restarting)
                .put("members", rendered)
                .put("troubles", new JsonArray(troubles));
        autoscaler.ifPresent(scaling -> object.put("autoscaler", scaling.toJson()));
        return object;
    }
}

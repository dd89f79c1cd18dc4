package dev.drover.lab.tour.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.Fleet.Member;

/** A write acknowledged by one instance is read from another, and a change based on an old version is refused. */
public final class ReadAndChangeProfile implements TourStep {

    private static final String PROFILE = "/profiles/me";

    @Override
    public String title() {
        return "Read and change the profile";
    }

    @Override
    public void walk(Traveller traveller) {
        Answer before = traveller
                .byToken()
                .get(PROFILE)
                .expect(200)
                .expectText("/id", traveller.login().sub());
        String version = before.header("ETag").orElseThrow(() -> before.failure("an ETag header"));
        traveller.tell().done("read: version " + before.text("/version"), before);

        String bio = "Kept in no process.";
        Answer changed = traveller
                .byToken()
                .mergePatch(PROFILE, version, bio(bio))
                .expect(200)
                .expectText("/bio", bio);
        traveller.tell().done("changed: version " + changed.text("/version"), changed);

        Member other = traveller.fleet().another("profile", changed.servedBy());
        Answer after =
                traveller.byToken().via(other.url()).get(PROFILE).expect(200).expectText("/bio", bio);
        traveller.tell().done("read back from another instance", after);

        Answer late = traveller
                .byToken()
                .mergePatch(PROFILE, version, bio("Too late."))
                .expect(412);
        traveller.tell().done("a change of the version before is refused (412)", late);
    }

    private static ObjectNode bio(String text) {
        return JsonNodeFactory.instance.objectNode().put("bio", text);
    }
}

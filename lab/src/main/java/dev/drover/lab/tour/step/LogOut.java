package dev.drover.lab.tour.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.Fleet.Member;
import dev.drover.lab.tour.client.HttpApi;

/** A logout at one instance is a logout at all of them. That they knew the token before is checked first, or a refusal would prove nothing. */
public final class LogOut implements TourStep {

    private static final String NO_JOB = "/jobs/job_media_" + "0".repeat(26);
    private static final String NO_FILE = "/media/med_" + "0".repeat(26);

    @Override
    public String title() {
        return "Log out; the token is refused everywhere";
    }

    @Override
    public void walk(Traveller traveller) {
        List<Member> members =
                traveller.fleet().members().stream().filter(Member::isReady).toList();
        long begun = System.nanoTime();
        members.forEach(member -> expectKnown(ask(traveller.byToken(), traveller, member)));
        traveller.tell().done("the token is known", members.size() + " instances", since(begun));

        Answer out = traveller.byToken().post("/auth/logout").expect(200, 204);
        traveller.tell().done("logged out", out);

        Map<String, Refusals> byService = new TreeMap<>();
        for (Member member : members) {
            Answer refused = ask(traveller.byToken(), traveller, member).expect(401);
            byService.merge(member.service(), new Refusals(member.id(), refused.took()), Refusals::plus);
        }
        byService.forEach((service, refusals) ->
                traveller.tell().done("the token is refused (401) by " + service, refusals.by(), refusals.took()));

        Answer cookie = traveller.byCookie().get("/auth/me").expect(401);
        traveller.tell().done("and so is the cookie", cookie);
    }

    private static Answer ask(HttpApi caller, Traveller traveller, Member member) {
        String path =
                switch (member.service()) {
                    case "auth" -> "/auth/me";
                    case "profile" -> "/profiles/me";
                    case "media" -> NO_FILE;
                    case "jobs" -> NO_JOB;
                    default -> "/realtime/channels/" + traveller.ownChannel() + "/messages";
                };
        return caller.via(member.url()).get(path);
    }

    /** Whatever it says about the resource, it must not be about who asks. */
    private static void expectKnown(Answer answer) {
        if (answer.status() != 200 && answer.status() != 404) {
            throw answer.failure("status 200 or 404 while logged in");
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private record Refusals(String by, Duration took) {

        Refusals plus(Refusals other) {
            return new Refusals(by + ", " + other.by, took.plus(other.took));
        }
    }
}

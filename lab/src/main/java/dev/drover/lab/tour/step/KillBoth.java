package dev.drover.lab.tour.step;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.Fleet.Member;
import dev.drover.lab.tour.client.LiveChannel;
import dev.drover.lab.tour.client.LiveSocket;
import dev.drover.lab.tour.client.Patience;
import dev.drover.lab.tour.client.TourFailure;

/** Two instances die without warning: the one that knew the login, and the one that held the socket. */
public final class KillBoth implements TourStep {

    private static final Duration RECONNECT_WITHIN = Duration.ofSeconds(20);
    private static final Duration REPLACED_WITHIN = Duration.ofMinutes(2);

    @Override
    public String title() {
        return "Kill the instance that served the login, then the one that holds the socket";
    }

    @Override
    public void walk(Traveller traveller) {
        String first = traveller.login().servedBy();
        int authBefore = traveller.fleet().ready("auth").size();
        int realtimeBefore = traveller.fleet().ready("realtime").size();

        long authKilledAt = kill(traveller, first);
        Answer me = traveller
                .byToken()
                .get("/auth/me")
                .expect(200)
                .expectText("/id", traveller.login().sub());
        traveller.tell().done("the next request works, with the same token", me);

        publish(traveller, "before");
        LiveSocket.Session held = traveller.socket().session();
        long realtimeKilledAt = kill(traveller, held.instance());
        publish(traveller, "while nobody listens");
        reconnected(traveller, held, realtimeKilledAt);
        publish(traveller, "after");
        expectAllInOrder(traveller);

        replaced(traveller, "auth", first, authBefore, authKilledAt);
        replaced(traveller, "realtime", held.instance(), realtimeBefore, realtimeKilledAt);
    }

    /** When it was dead, by {@link System#nanoTime()}. */
    private static long kill(Traveller traveller, String instance) {
        long begun = System.nanoTime();
        traveller.fleet().kill(instance);
        traveller.tell().done("kill -9 " + instance, traveller.fleet().keeper(), since(begun));
        return System.nanoTime();
    }

    private static void publish(Traveller traveller, String text) {
        Answer published = traveller
                .byToken()
                .post(
                        "/realtime/channels/" + traveller.ownChannel() + "/messages",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("id", "tour-" + text.replace(' ', '-'))
                                .put("data", text))
                .expect(200, 201, 202);
        traveller.tell().done("published \"" + text + "\"", published);
    }

    private static void reconnected(Traveller traveller, LiveSocket.Session held, long killedAt) {
        LiveSocket socket = traveller.socket();
        boolean again = Patience.until(RECONNECT_WITHIN, () -> socket.session().number() > held.number());
        if (!again || socket.session().instance().equals(held.instance())) {
            throw new TourFailure(
                    "the socket after the kill of " + held.instance(),
                    "a connection to another instance within " + RECONNECT_WITHIN.toSeconds() + " s",
                    again ? "the same instance" : socket.lastTrouble(),
                    socket.session().instance());
        }
        traveller
                .tell()
                .done("the client has reconnected elsewhere", socket.session().instance(), since(killedAt));
    }

    private static void expectAllInOrder(Traveller traveller) {
        long begun = System.nanoTime();
        LiveChannel channel = traveller.socket().channel(traveller.ownChannel());
        List<String> expected = List.of("before", "while nobody listens", "after");
        Patience.until(Duration.ofSeconds(10), () -> channel.messages().size() >= expected.size());
        List<String> came = channel.messages().stream()
                .map(message -> message.path("data").asText())
                .toList();
        List<JsonNode> troubles = channel.troubles();
        if (!came.equals(expected) || !troubles.isEmpty()) {
            throw new TourFailure(
                    "the messages on " + channel.name(),
                    "each once and in order: " + expected,
                    came + (troubles.isEmpty() ? "" : ", trouble " + troubles),
                    traveller.socket().session().instance());
        }
        traveller
                .tell()
                .done(
                        "all three messages came, each once and in order",
                        traveller.socket().session().instance(),
                        since(begun));
    }

    private static void replaced(Traveller traveller, String service, String killed, int before, long killedAt) {
        boolean whole = Patience.until(REPLACED_WITHIN, () -> {
            List<String> ready =
                    traveller.fleet().ready(service).stream().map(Member::id).toList();
            return ready.size() >= before && !ready.contains(killed);
        });
        if (!whole) {
            throw new TourFailure(
                    "the replacement of " + killed,
                    before + " ready instances of " + service + " within " + REPLACED_WITHIN.toSeconds() + " s",
                    traveller.fleet().members().stream()
                            .filter(member -> member.service().equals(service))
                            .toList()
                            .toString(),
                    traveller.fleet().keeper());
        }
        String instances = String.join(
                ", ", traveller.fleet().ready(service).stream().map(Member::id).toList());
        traveller.tell().done(traveller.fleet().keeper() + " has replaced " + killed, instances, since(killedAt));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

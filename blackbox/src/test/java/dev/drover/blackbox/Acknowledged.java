package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a suite has said is done, and whether it is there when everything is over. */
final class Acknowledged {

    private record Thing(Person person, String id) {}

    private final Collection<Thing> jobs = new ConcurrentLinkedQueue<>();
    private final Collection<Thing> messages = new ConcurrentLinkedQueue<>();
    private final Collection<Thing> uploads = new ConcurrentLinkedQueue<>();
    private final Collection<Thing> sessions = new ConcurrentLinkedQueue<>();

    /** The last edit of each profile that was acknowledged. */
    private final Map<Person, Integer> edits = new ConcurrentHashMap<>();

    static String channelOf(Person person) {
        return "/realtime/channels/public:" + person.sub();
    }

    void job(Person person, String id) {
        jobs.add(new Thing(person, id));
    }

    void message(Person person, String id) {
        messages.add(new Thing(person, id));
    }

    void upload(Person person, String id) {
        uploads.add(new Thing(person, id));
    }

    void session(Person person, String accessToken) {
        sessions.add(new Thing(person, accessToken));
    }

    void edit(Person person, int number) {
        edits.put(person, number);
    }

    void assertNothingIsMissing() {
        assertThat(jobs).isNotEmpty();
        assertThat(missing(jobs, job -> isThere(job, "/jobs/")))
                .as("jobs acknowledged and not there")
                .isEmpty();
        assertThat(uploads).isNotEmpty();
        assertThat(missing(uploads, upload -> isThere(upload, "/media/")))
                .as("uploads")
                .isEmpty();
        assertThat(sessions).isNotEmpty();
        assertThat(missing(sessions, Acknowledged::isOpen)).as("sessions").isEmpty();
        assertThat(messages).isNotEmpty();
        Map<Person, Set<String>> history = new ConcurrentHashMap<>();
        messages.forEach(message -> history.computeIfAbsent(message.person(), Acknowledged::history));
        assertThat(missing(messages, message -> history.get(message.person()).contains(message.id())))
                .as("messages")
                .isEmpty();
        assertThat(edits).isNotEmpty();
        edits.forEach((person, number) ->
                assertThat(bio(person)).as("the last edit of a profile").isGreaterThanOrEqualTo(number));
    }

    private interface Look {
        boolean finds(Thing thing);
    }

    private static List<Thing> missing(Collection<Thing> things, Look look) {
        List<Thing> missing = new ArrayList<>(things);
        missing.removeIf(look::finds);
        return missing;
    }

    private static boolean isThere(Thing thing, String collection) {
        return thing.person().client().get(collection + thing.id()).status() == 200;
    }

    private static boolean isOpen(Thing session) {
        return Client.at(session.person().client().base())
                        .bearer(session.id())
                        .get("/auth/me")
                        .status()
                == 200;
    }

    /** One may have been made and not answered, so it may be later than the last that was. */
    private static int bio(Person person) {
        return Integer.parseInt(person.client().get("/profiles/me").text("/bio"));
    }

    private static Set<String> history(Person person) {
        Reply all = person.client().get(channelOf(person) + "/messages?limit=1000");
        assertThat(all.status()).as("%s", all.body()).isEqualTo(200);
        Set<String> ids = new HashSet<>();
        all.body()
                .path("messages")
                .forEach(message -> ids.add(message.path("id").asText()));
        return ids;
    }
}

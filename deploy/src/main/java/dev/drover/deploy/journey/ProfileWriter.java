package dev.drover.deploy.journey;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.Patience;
import dev.drover.lab.tour.client.TourFailure;

/** One account that counts up in its own profile. What was acknowledged may never be undone, and nothing may appear that was not written. */
final class ProfileWriter {

    private static final Duration AGAIN_AFTER = Duration.ofMillis(250);
    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOG_IN_AGAIN = Duration.ofMinutes(8);

    private final URI gateway;
    private final String email;
    private final String password;
    private final List<String> faults = new ArrayList<>();
    private HttpApi caller;
    private long loggedInNanos;
    private String etag;
    /** Written by the writer's own thread, read by whoever asks how far it is. */
    private volatile int acknowledged;

    private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
    private int lastAcknowledged;
    private int tried;

    private ProfileWriter(URI gateway) {
        this.gateway = gateway;
        this.email = "e2e-" + UUID.randomUUID() + "@example.org";
        this.password = UUID.randomUUID().toString();
    }

    static ProfileWriter signUp(URI gateway) {
        ProfileWriter writer = new ProfileWriter(gateway);
        patiently("sign up", () -> HttpApi.at(gateway)
                .post(
                        "/auth/signup",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", writer.email)
                                .put("password", writer.password))
                .expect(201, 409));
        writer.logIn();
        writer.readBack();
        return writer;
    }

    HttpApi caller() {
        return caller;
    }

    void writeUntil(BooleanSupplier isOver, Supplier<Duration> pause) {
        while (!isOver.getAsBoolean()) {
            if (System.nanoTime() - loggedInNanos > LOG_IN_AGAIN.toNanos()) {
                logIn();
            }
            write();
            LockSupport.parkNanos(pause.get().toNanos());
        }
    }

    private void write() {
        int next = tried + 1;
        tried = next;
        Optional<Answer> answer = ask(() -> caller.mergePatch(
                "/profiles/me", etag, JsonNodeFactory.instance.objectNode().put("bio", Integer.toString(next))));
        if (answer.isPresent() && answer.get().status() == 200) {
            acknowledged++;
            etag = answer.get().header("ETag").orElseThrow();
            check(answer.get(), next, next);
            lastAcknowledged = next;
        } else {
            unanswered.merge(answer.map(ProfileWriter::refusal).orElse("no answer"), 1, Integer::sum);
            readBack();
        }
    }

    /** After a write without an answer: it may have been carried out or not, but nothing before it may be gone. */
    private void readBack() {
        Answer profile = patiently("read", () -> caller.get("/profiles/me").expect(200));
        etag = profile.header("ETag").orElseThrow();
        if (tried > 0) {
            check(profile, lastAcknowledged, tried);
        }
    }

    private void check(Answer profile, int from, int to) {
        String bio = profile.json().path("bio").asText();
        int found = bio.matches("[0-9]+") ? Integer.parseInt(bio) : 0;
        if (found < from || found > to) {
            faults.add(email + ": " + found + " was read where " + from + " to " + to + " was written");
        }
    }

    List<String> audit() {
        readBack();
        return faults;
    }

    int acknowledged() {
        return acknowledged;
    }

    /** How often for which reason: status and code, or no answer at all. */
    Map<String, Integer> unanswered() {
        return Map.copyOf(unanswered);
    }

    /** One of a service says its code; one of the edge has none. */
    private static String refusal(Answer answer) {
        return answer.status() + " " + answer.json().path("code").asText("of the edge");
    }

    private void logIn() {
        Answer login = patiently("log in", () -> HttpApi.at(gateway)
                .post(
                        "/auth/login",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", email)
                                .put("password", password))
                .expect(200));
        caller = HttpApi.at(gateway).byToken(login.text("/accessToken"));
        loggedInNanos = System.nanoTime();
    }

    static Answer patiently(String what, Supplier<Answer> request) {
        return Patience.await(BACK_WITHIN, () -> ask(request))
                .orElseThrow(() -> new IllegalStateException("no " + what + " within " + BACK_WITHIN));
    }

    private static Optional<Answer> ask(Supplier<Answer> request) {
        try {
            return Optional.of(request.get());
        } catch (TourFailure e) {
            LockSupport.parkNanos(AGAIN_AFTER.toNanos());
            return Optional.empty();
        }
    }
}

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** An instance that is told to stop takes leave: nobody who uses the suite notices. */
class DrainIT {

    private final Suite suite = Suite.shared();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();

    @Test
    void aRollingStopOfEveryInstanceOfTwoServicesFailsNoRequest() throws Exception {
        Person person = Person.signUp(suite.anyone());
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> load = List.of(
                    users.submit(publishing(person)),
                    users.submit(publishing(Person.signUp(suite.anyone()))),
                    users.submit(changing(person)));
            try {
                // One of each service at a time, and then the other.
                List<Member> realtime = suite.ready("realtime");
                List<Member> profile = suite.ready("profile");
                for (int i = 0; i < 2; i++) {
                    awaitMoreLoad();
                    suite.signal(realtime.get(i), "TERM");
                    suite.signal(profile.get(i), "TERM");
                    // Whoever is impatient changes nothing: it is stopping already.
                    suite.signal(realtime.get(i), "TERM");
                    awaitGone(realtime.get(i));
                    awaitGone(profile.get(i));
                    suite.awaitWhole(2);
                }
                awaitMoreLoad();
            } finally {
                stop.set(true);
            }
            for (Future<Void> user : load) {
                user.get();
            }
        }
    }

    @Test
    void anInstanceThatDrainsIsNotReadySaysSoAndStillAnswers() {
        Person person = Person.signUp(suite.anyone());
        Member member = suite.ready("profile").getFirst();
        List<String> seen = new ArrayList<>();

        suite.signal(member, "TERM");
        while (isAlive(member)) {
            try {
                if (suite.isDraining(member)) {
                    seen.add("draining");
                    seen.add("ready: " + suite.readiness(member));
                    seen.add("answer: "
                            + person.client()
                                    .via(member.url())
                                    .get("/profiles/me")
                                    .status());
                }
            } catch (UncheckedIOException gone) {
                break;
            }
        }

        assertThat(seen).contains("draining", "ready: 503", "answer: 200").doesNotContain("ready: 200");
    }

    /** Not idempotent and without a key: the gateway may not repeat it, so a drain must not lose it. */
    private Callable<Void> publishing(Person person) {
        return () -> {
            while (!stop.get()) {
                Reply reply = person.client()
                        .post(
                                "/realtime/channels/user:" + person.sub() + ":drain/messages",
                                "{\"id\":\"" + UUID.randomUUID() + "\",\"data\":1}");
                assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 201);
                published.incrementAndGet();
            }
            return null;
        };
    }

    /** Each change builds on the one before: a lost answer would show as a stale version. */
    private Callable<Void> changing(Person person) {
        return () -> {
            String version = person.client().get("/profiles/me").header("ETag").orElseThrow();
            while (!stop.get()) {
                Reply reply = person.client()
                        .with("If-Match", version)
                        .patch("/profiles/me", "{\"bio\":\"change " + changed.incrementAndGet() + "\"}");
                assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
                version = reply.header("ETag").orElseThrow();
            }
            return null;
        };
    }

    private void awaitMoreLoad() {
        int publishedBefore = published.get();
        int changedBefore = changed.get();
        Eventually.within(Duration.ofSeconds(20))
                .until(() -> published.get() > publishedBefore + 20 && changed.get() > changedBefore + 20);
    }

    private static void awaitGone(Member member) {
        Eventually.within(Duration.ofSeconds(30)).until(() -> !isAlive(member));
    }

    private static boolean isAlive(Member member) {
        return ProcessHandle.of(member.pid()).map(ProcessHandle::isAlive).orElse(false);
    }
}

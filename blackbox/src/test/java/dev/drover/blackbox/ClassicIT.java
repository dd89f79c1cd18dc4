package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

/** The classic test of statelessness: log in on one instance, use another, kill any. */
class ClassicIT {

    private final Suite suite = Suite.shared();

    @Test
    void aSessionOfOneInstanceWorksOnTheOtherByCookieAndByToken() {
        Person person = Person.signUp(suite.anyone());
        Member other = suite.other(suite.instance(person.loggedInBy()));

        Reply byToken = person.client().via(other.url()).get("/auth/me");
        Reply byCookie = Client.at(other.url()).with("Cookie", person.cookie()).get("/auth/me");

        assertThat(List.of(byToken, byCookie)).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.servedBy()).isEqualTo(other.id());
            assertThat(reply.text("/id")).isEqualTo(person.sub());
            assertThat(reply.text("/sessionId")).isEqualTo(person.sessionId());
        });
    }

    @Test
    void aSessionOutlivesTheInstanceThatOpenedItAndEveryOther() {
        Person person = Person.signUp(suite.anyone());

        for (Member member : suite.ready("auth")) {
            suite.kill(member);
            assertThat(person.client().get("/auth/me").status()).isEqualTo(200);
            suite.awaitWhole(2);
        }

        assertThat(suite.ready("auth")).allSatisfy(member -> assertThat(
                        person.client().via(member.url()).get("/auth/me").status())
                .isEqualTo(200));
    }

    @Test
    void nobodyNoticesAKillUnderLoad() throws Exception {
        Person person = Person.signUp(suite.anyone());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> user = () -> {
                while (!stop.get()) {
                    Reply reply = person.client().get("/auth/me");
                    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
                    answered.incrementAndGet();
                }
                return null;
            };
            List<Future<Void>> load =
                    List.of(users.submit(user), users.submit(user), users.submit(user), users.submit(user));
            try {
                for (int round = 0; round < 3; round++) {
                    int before = answered.get();
                    Eventually.within(Duration.ofSeconds(20)).until(() -> answered.get() > before + 50);
                    suite.kill(suite.ready("auth").getFirst());
                    suite.awaitWhole(2);
                }
            } finally {
                stop.set(true);
            }
            for (Future<Void> one : load) {
                one.get();
            }
        }
        assertThat(answered.get()).isGreaterThan(150);
    }

    @Test
    void aLogoutCountsOnEveryInstanceOfEveryService() {
        Person person = Person.signUp(suite.anyone());

        assertThat(person.client()
                        .with("Idempotency-Key", UUID.randomUUID().toString())
                        .post("/auth/logout", "")
                        .status())
                .isEqualTo(204);

        assertThat(suite.fleet())
                .filteredOn(member -> member.state().equals("ready"))
                .allSatisfy(member -> {
                    Reply reply = person.client().via(member.url()).get(Journey.protectedPath(member.service()));
                    assertThat(reply.status()).as("%s", member).isEqualTo(401);
                    assertThat(reply.text("/code")).as("%s", member).isEqualTo("session_revoked");
                });
    }
}

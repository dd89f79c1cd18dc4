package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.blackbox.Suite.Member;

/** Four instances of auth-service on the Redis and the keys of the shared suite; and revocation on all of that. */
class SessionIT {

    private static final int INSTANCES = 4;
    private static final int CALLERS = 50;
    /** What the instances have by default: nothing here sets another. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static Instances four;
    private static Suite suite;

    @BeforeAll
    static void startFour() throws IOException {
        suite = Suite.shared();
        four = new Instances(suite, "auth", folder);
        four.start(Collections.nCopies(
                INSTANCES, Map.of("JWT_KEYS", suite.data().resolve("keys").toString())));
    }

    @AfterAll
    static void stopThem() throws InterruptedException {
        four.close();
    }

    /** over processes that have nothing in common but Redis. */
    @Test
    void fiftyRefreshesOverFourInstancesLeaveOneSuccessorAndAReplayEndsTheFamily() throws Exception {
        Person person = Person.signUp(suite.anyone());

        List<Reply> answers = refreshAtOnce(person.refreshToken());

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200));
        assertThat(answers).extracting(Reply::servedBy).contains("own-0", "own-1", "own-2", "own-3");
        Set<String> successors =
                answers.stream().map(answer -> answer.text("/refreshToken")).collect(Collectors.toSet());
        assertThat(successors).hasSize(1);

        List<String> family = new ArrayList<>(
                List.of(person.refreshToken(), successors.iterator().next()));
        family.add(refresh(0, family.getLast()).text("/refreshToken"));
        // The grace is over when the first token is a replay; nothing tells from outside but the answer itself.
        Eventually.within(GRACE.plusSeconds(20)).untilAsserted(() -> assertThat(
                        refresh(1, person.refreshToken()).text("/code"))
                .isEqualTo("refresh_reused"));

        for (String token : family) {
            for (int i = 0; i < INSTANCES; i++) {
                Reply refused = refresh(i, token);
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.text("/code")).isEqualTo("refresh_reused");
            }
        }
    }

    /**
     * stopped with the request in its socket, and going on when the grace of the repeat that overtook it is over. Another family, of which a
     * token was traded later, tells when that is.
     */
    @Test
    void anInstanceThatWasStoppedWithARefreshDoesNotTakeTheRepeatElsewhereForAReplay() throws Exception {
        Person person = Person.signUp(suite.anyone());
        Person other = Person.signUp(suite.anyone());
        long stopped = four.pid(3);
        String successor;
        Signals.send(stopped, "STOP");
        try {
            try (Socket impatient =
                    new Socket("127.0.0.1", four.addresses().get(3).getPort())) {
                impatient.getOutputStream().write(rawRefresh(person.refreshToken()));
            }
            successor = refresh(0, person.refreshToken()).text("/refreshToken");
            refresh(0, other.refreshToken());
            Eventually.within(GRACE.plusSeconds(20)).untilAsserted(() -> assertThat(
                            refresh(0, other.refreshToken()).text("/code"))
                    .isEqualTo("refresh_reused"));
        } finally {
            Signals.send(stopped, "CONT");
        }
        // It has read what lay in its sockets when it answers what came after.
        for (int i = 0; i < 20; i++) {
            assertThat(refresh(3, "rt_nobodys").text("/code")).isEqualTo("refresh_expired");
        }
        assertThat(refresh(1, successor).status()).isEqualTo(200);
    }

    private static byte[] rawRefresh(String token) {
        String body = "{\"refreshToken\":\"%s\"}".formatted(token);
        return ("POST /auth/refresh HTTP/1.1\r\nHost: drover\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s")
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** An instance that never reached auth-service, as one that starts while all of that is away. */
    @Test
    void whoStartsWhileAuthServiceIsAwayVerifiesTokensByTheKeysItLeftInRedis(@TempDir Path logs) throws Exception {
        Person person = Person.signUp(suite.anyone());
        // As somebody would who has only what the build made.
        List<String> packaged = List.of(
                LabProcess.java(),
                "-jar",
                LabProcess.home()
                        .resolve("profile-service/target/quarkus-app/quarkus-run.jar")
                        .toString());
        try (Instances late = new Instances(suite, logs)) {
            late.launch(packaged, Map.of("JWKS_URL", "http://127.0.0.1:1/jwks.json"));
            late.awaitListening();
            Reply reply = person.client().via(late.addresses().getFirst()).get("/profiles/me");
            assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
            assertThat(reply.servedBy()).isEqualTo("own-0");
        }
    }

    /** E-1, in milliseconds: from the answer to the log-out until every instance of every service has refused the session. */
    @Test
    void aRevocationReachesEveryInstanceOfEveryServiceWithinASecond() {
        List<Member> members = suite.fleet();
        List<Long> nanos = new ArrayList<>();
        int requestsToTheLast = 0;
        for (int round = 0; round < 10; round++) {
            Person person = Person.signUp(suite.anyone());
            assertThat(person.client().post("/auth/logout-all", "").status()).isEqualTo(204);
            long answered = System.nanoTime();
            for (Member member : members) {
                Reply reply = person.client().via(member.url()).get(Journey.protectedPath(member.service()));
                // With the very next request, so there is nothing to wait for.
                assertThat(reply.status()).as("%s", member).isEqualTo(401);
                assertThat(reply.text("/code")).as("%s", member).isEqualTo("session_revoked");
                requestsToTheLast++;
            }
            nanos.add(System.nanoTime() - answered);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "Revocation: refused by all of %d instances with their next request, in %d of %d requests; after %d ms (median), %d ms"
                        + " (slowest of %d), asked one after the other%n",
                members.size(),
                requestsToTheLast,
                members.size() * nanos.size(),
                TimeUnit.NANOSECONDS.toMillis(sorted[sorted.length / 2]),
                TimeUnit.NANOSECONDS.toMillis(Arrays.stream(sorted).max().orElseThrow()),
                nanos.size());
    }

    private static List<Reply> refreshAtOnce(String token) throws Exception {
        List<Callable<Reply>> calls = IntStream.range(0, CALLERS)
                .<Callable<Reply>>mapToObj(i -> () -> refresh(i % INSTANCES, token))
                .toList();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Reply> answers = new ArrayList<>();
            for (Future<Reply> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static Reply refresh(int instance, String token) {
        return Client.at(four.addresses().get(instance))
                .post("/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(token));
    }
}

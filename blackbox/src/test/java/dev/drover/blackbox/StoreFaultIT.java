package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.blackbox.SteadyLoad.Noted;
import dev.drover.blackbox.Suite.Member;

/** A store goes away under load and comes back. */
class StoreFaultIT {

    /** Longer than any retry of anybody lasts; by hand {@code -Ddrover.outage}. */
    private static final Duration STOPPED_FOR = Duration.parse(System.getProperty("drover.outage", "PT20S"));

    private static final Duration KILLED_FOR = Duration.ofSeconds(3);

    /** What is promised; on top comes what an answer costs on this machine anyway. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

    private static final Duration COST_MIN = Duration.ofMillis(500);

    /** What is promised; on top, again, what an answer costs here. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

    /** What Kubernetes gives a pod to end (deploy/base/shared/pod.yaml). */
    private static final Duration GRACE = Duration.ofSeconds(35);

    private static final Duration CALM = Duration.ofSeconds(2);
    private static final int PEOPLE = 2;
    private static final int THREADS_MORE = 60;
    private static final int FILES_MORE = 120;

    private final Suite suite = Suite.shared();

    @AfterEach
    void bringBack() {
        suite.redis().resume();
        suite.objects().resume();
    }

    @Test
    void aStoppedRedisCostsAnswersButNothingElse() {
        outageUnderLoad(suite.redis()::suspend, STOPPED_FOR, suite.redis()::resume);
    }

    @Test
    void aKilledRedisCostsAnswersButNothingElse() {
        outageUnderLoad(suite.redis()::kill, KILLED_FOR, suite.redis()::restartRedis);
    }

    /** Whatever it would still have to say there; Kubernetes gives it no longer either. */
    @Test
    void anInstanceThatIsToldToStopWhileRedisIsGoneEndsWithinItsGrace() {
        Person person = Person.signUp(suite.anyone());
        try (Socket socket = Socket.open(person)) {
            socket.subscribe("user:" + person.sub() + ":events");
            List<Member> stopping = Stream.of("realtime", "profile")
                    .flatMap(service -> suite.ready(service).stream())
                    .toList();
            suite.redis().suspend();
            stopping.forEach(member -> suite.signal(member, "TERM"));
            for (Member member : stopping) {
                Eventually.within(GRACE).until(() -> !isAlive(member));
            }
        }
        suite.redis().resume();
        suite.awaitWhole(2);
    }

    private static boolean isAlive(Member member) {
        return ProcessHandle.of(member.pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void withoutTheObjectStoreEverythingElseGoesOn() {
        Person person = Person.signUp(suite.anyone());
        suite.objects().suspend();

        for (String service : List.of("auth", "profile", "media", "realtime")) {
            assertThat(person.client().get(Journey.protectedPath(service)).status())
                    .as(service)
                    .isEqualTo(200);
        }
        Reply upload = person.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/media/uploads", """
                        {"fileName":"a.jpg","contentType":"image/jpeg","sizeBytes":3,"sha256":"%s","purpose":"file"}""".formatted("0".repeat(64)));
        assertThat(upload.status()).as("%s", upload.body()).isEqualTo(201);
        String completion = "/media/uploads/" + upload.text("/id") + "/complete";
        for (int i = 0; i < 12; i++) {
            long started = System.nanoTime();
            Reply complete = person.client().post(completion, "");
            assertUnavailable(complete);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(ANSWERED_WITHIN.plus(COST_MIN));
        }

        suite.objects().resume();
        // Nothing was uploaded; that this is said again means that the store was asked.
        Eventually.within(BACK_WITHIN.plus(COST_MIN))
                .until(() -> person.client().post(completion, "").status() < 500);
    }

    private void outageUnderLoad(Runnable stop, Duration outage, Runnable goOn) {
        List<Person> people = Stream.generate(() -> Person.signUp(suite.anyone()))
                .limit(PEOPLE)
                .toList();
        suite.warmUp(people.getFirst());
        Map<Long, Footprint> before = footprints();
        Map<String, Duration> costs;
        long back;
        List<Noted> noted;
        Acknowledged acknowledged;
        try (SteadyLoad load = new SteadyLoad(people)) {
            pause(CALM);
            List<Noted> calm = load.noted();
            assertThat(calm).isNotEmpty().noneMatch(answer -> answer.status() == 0 || answer.status() >= 500);
            costs = costs(calm);
            stop.run();
            pause(outage);
            assertNothingPilesUp(before);
            goOn.run();
            back = System.nanoTime();
            pause(BACK_WITHIN.plus(CALM).plus(COST_MIN));
            load.close();
            noted = load.noted();
            acknowledged = load.acknowledged();
        }

        assertThat(noted).noneMatch(answer -> answer.status() == 0);
        assertThat(noted)
                .filteredOn(answer -> answer.took().compareTo(ANSWERED_WITHIN.plus(cost(costs, answer))) > 0)
                .isEmpty();
        assertThat(noted)
                .filteredOn(answer -> answer.status() >= 500)
                .allSatisfy(answer -> assertUnavailable(answer.reply()));
        assertThat(noted).as("the outage was felt").anyMatch(Noted::isUnavailable);
        long fullService = back + BACK_WITHIN.toNanos();
        assertThat(noted.stream()
                        .filter(answer ->
                                answer.endedNanos() - cost(costs, answer).toNanos() > fullService))
                .isNotEmpty()
                .allSatisfy(
                        answer -> assertThat(answer.status()).as("%s", answer).isLessThan(500));
        acknowledged.assertNothingIsMissing();
    }

    /** What answers of a kind cost at most while everything is well: a log-in costs a hash, a read hardly anything. */
    private static Map<String, Duration> costs(List<Noted> calm) {
        return calm.stream()
                .collect(Collectors.toMap(
                        Noted::what, Noted::took, (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    private static Duration cost(Map<String, Duration> costs, Noted answer) {
        Duration measured = costs.getOrDefault(answer.what(), COST_MIN);
        return measured.compareTo(COST_MIN) > 0 ? measured : COST_MIN;
    }

    private void assertNothingPilesUp(Map<Long, Footprint> before) {
        footprints().forEach((pid, now) -> assertThat(now)
                .as("process %d, was %s", pid, before.get(pid))
                .matches(after -> after.isBoundedAgainst(before.getOrDefault(pid, after))));
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.text("/code")).isNotEmpty();
        assertThat(reply.text("/traceId")).isNotEmpty();
    }

    /** What a process holds: platform threads, and open files, which connections are. */
    private record Footprint(long threads, long files) {

        boolean isBoundedAgainst(Footprint before) {
            return threads < before.threads + THREADS_MORE && files < before.files + FILES_MORE;
        }
    }

    private Map<Long, Footprint> footprints() {
        return suite.fleet().stream().collect(Collectors.toMap(Member::pid, member -> footprint(member.pid())));
    }

    private static Footprint footprint(long pid) {
        return new Footprint(entries(pid, "task"), entries(pid, "fd"));
    }

    private static long entries(long pid, String folder) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Time passes for the suite, not for a condition: the outage is that long. */
    private static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}

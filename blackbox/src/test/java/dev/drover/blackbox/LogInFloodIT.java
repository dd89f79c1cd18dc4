package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** two hundred log-ins at once at one instance would take 3.8 GiB if each had its hash at once. */
class LogInFloodIT {

    private static final int PEOPLE = 40;

    /** No more than may be wrong: more at once into one account are guesses until they are judged. That all come from one address is none. */
    private static final int LOG_INS_EACH = 5;

    private static final long GROWTH_KIBIBYTES_MAX = 200 * 1024;

    private final Suite suite = Suite.shared();

    @Test
    void twoHundredLogInsAtOnceCostNoMoreMemoryThanAFewAndEndInTokensOrARequestToComeBack() throws Exception {
        suite.awaitWhole(2);
        Member one = suite.ready("auth").getFirst();
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Person.signUp(suite.anyone().via(one.url())));
        }
        long before = peakKibibytes(one);

        List<Reply> replies = flood(one, people);

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as("%s", reply.body()).isIn(200, 503);
            if (reply.status() != 200) {
                assertThat(reply.header("Retry-After")).isPresent();
            }
        });
        assertThat(replies).filteredOn(reply -> reply.status() == 503).isNotEmpty();
        assertThat(replies).filteredOn(reply -> reply.status() == 200).isNotEmpty();
        // Whoever comes back as asked is let in.
        Eventually.within(Duration.ofSeconds(60))
                .until(() -> logIn(one, people.getFirst()).status() == 200);
        assertThat(peakKibibytes(one) - before)
                .as("kibibytes the peak of %s grew by", one)
                .isLessThan(GROWTH_KIBIBYTES_MAX);
    }

    private List<Reply> flood(Member at, List<Person> people) throws Exception {
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> pending = new ArrayList<>();
            for (int i = 0; i < LOG_INS_EACH; i++) {
                for (Person person : people) {
                    pending.add(users.submit(() -> logIn(at, person)));
                }
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : pending) {
                replies.add(reply.get());
            }
            return replies;
        }
    }

    private Reply logIn(Member at, Person person) {
        return suite.anyone()
                .via(at.url())
                .post(
                        "/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), person.password()));
    }

    /** The most it ever had in memory. */
    private static long peakKibibytes(Member member) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(member.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}

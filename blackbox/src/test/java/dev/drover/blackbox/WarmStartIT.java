package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** An instance that says it is ready answers its first requests, however busy the machine is: here with the start of four others. */
class WarmStartIT {

    private static final List<String> SERVICES = List.of("auth", "profile", "media", "jobs", "realtime");
    private static final Duration READY_AGAIN_WITHIN = Duration.ofMinutes(2);
    private static final int AT_ONCE = 8;

    private final Suite suite = Suite.shared();

    @Test
    void theFirstRequestsOfAnInstanceThatIsReadyAreAnswered() throws Exception {
        Person person = Person.signUp(suite.anyone());
        Set<String> known = suite.fleet().stream().map(Member::id).collect(Collectors.toSet());
        SERVICES.forEach(service -> suite.kill(suite.ready(service).getFirst()));

        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Reply>>> all = new ArrayList<>();
            for (String service : SERVICES) {
                all.add(users.submit(() -> firstAnswers(person, service, known)));
            }
            for (Future<List<Reply>> answers : all) {
                assertThat(answers.get()).allSatisfy(answer -> assertThat(answer.status())
                        .as("%s", answer.body())
                        .isLessThan(500));
            }
        }
    }

    /** By the instance's own word, and at its own address, so that nobody repeats what it fails to answer. */
    private List<Reply> firstAnswers(Person person, String service, Set<String> known) throws Exception {
        AtomicReference<Member> successor = new AtomicReference<>();
        Eventually.within(READY_AGAIN_WITHIN).until(() -> {
            suite.fleet().stream()
                    .filter(member -> member.service().equals(service) && !known.contains(member.id()))
                    .filter(suite::saysThatItIsReady)
                    .findFirst()
                    .ifPresent(successor::set);
            return successor.get() != null;
        });
        Client client = person.client().via(successor.get().url());
        Callable<Reply> first = () -> client.get(Journey.protectedPath(service));
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Reply> answers = new ArrayList<>();
            for (Future<Reply> answer : users.invokeAll(Collections.nCopies(AT_ONCE, first))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}

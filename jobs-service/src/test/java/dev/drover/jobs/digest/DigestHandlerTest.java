package dev.drover.jobs.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.queue.QueueCounts;
import dev.drover.jobs.queue.QueueStats;
import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class DigestHandlerTest {

    private static final Duration LATE = Duration.ofMinutes(5);

    @Inject
    DigestHandler handler;

    @Inject
    JobStore jobs;

    @Test
    void theWordGoesOutAsOneMailHoweverOftenTheJobRuns() throws Exception {
        GivenExecution digest =
                new GivenExecution(DigestHandler.TYPE, "{\"to\":\"ops-%s@example.org\"}".formatted(UUID.randomUUID()));
        JobId first = mail(handler.handle(digest));
        JobId second = mail(handler.handle(digest));
        assertThat(second).isEqualTo(first);
        Job mail = jobs.find(first).orElseThrow();
        assertThat(mail.type()).isEqualTo("mail.send");
        assertThat(mail.id().queue()).isEqualTo(new QueueName("mail"));
        assertThat(new JsonObject(mail.payload()).getString("to")).startsWith("ops-");
        assertThat(new JsonObject(mail.payload()).getString("text")).startsWith("The last 24 hours.");
    }

    @Test
    void withoutAnAddressItIsDead() throws Exception {
        assertThat(handler.handle(new GivenExecution(DigestHandler.TYPE, "{}"))).isInstanceOf(JobOutcome.Dead.class);
        assertThat(handler.handle(new GivenExecution(DigestHandler.TYPE, "{\"to\":7}")))
                .isInstanceOf(JobOutcome.Dead.class);
    }

    @Test
    void whatNeedsSomebodyComesFirstAndWhatIsQuietIsLeftOut() {
        Digest digest = new Digest(List.of(
                line("calm", Duration.ZERO, 7, 0, Optional.empty()),
                line("broken", Duration.ZERO, 1, 2, Optional.empty()),
                line("stopped", Duration.ZERO, 0, 0, Optional.of(Instant.EPOCH)),
                line("late", LATE.plusSeconds(1), 0, 0, Optional.empty()),
                line("empty", Duration.ZERO, 0, 0, Optional.empty())));
        assertThat(digest.needSomebody(LATE)).isEqualTo(3);
        assertThat(digest.text(Duration.ofHours(24), LATE))
                .containsSubsequence(
                        "Somebody should look", "- broken:", "2 died", "- stopped:", "paused since", "- late:")
                .containsSubsequence("All is well", "- calm: 7 succeeded")
                .doesNotContain("empty");
        assertThat(new Digest(List.of()).text(Duration.ofHours(24), LATE)).contains("Nothing has happened");
    }

    private static Digest.Line line(
            String name, Duration latency, long succeeded, long dead, Optional<Instant> pausedSince) {
        Map<JobState, Long> none =
                Arrays.stream(JobState.values()).collect(Collectors.toMap(Function.identity(), state -> 0L));
        return new Digest.Line(
                new QueueCounts(new QueueName(name), none, latency),
                new QueueStats(pausedSince, new QueueStats.Ended(succeeded, 0, dead), List.of(), List.of()));
    }

    private static JobId mail(JobOutcome outcome) {
        assertThat(outcome).isInstanceOf(JobOutcome.Succeeded.class);
        String result = ((JobOutcome.Succeeded) outcome).resultJson();
        return JobId.parse(new JsonObject(result).getString("mail")).orElseThrow();
    }
}

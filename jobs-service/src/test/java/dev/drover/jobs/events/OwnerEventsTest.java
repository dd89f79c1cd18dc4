package dev.drover.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.Verdict;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;

/** What is put into the outbox for an owner's channel while a job lives. That it arrives there once is QueueOutboxesTest's. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class OwnerEventsTest {

    private static final JobOptions QUIET = new JobOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Dependencies.NONE, true);

    @Inject
    Queues queues;

    @Inject
    LeaseStore leases;

    private final QueueName name = Queues.fresh();

    @Test
    void progressIsToldAtMostOnceInAWhileHoweverOftenItIsSaid() {
        queues.add(name);
        Hold hold = hold();
        long begunNanos = System.nanoTime();
        for (int percent = 1; percent <= 40; percent++) {
            leases.report(hold, OptionalInt.of(percent), Optional.empty());
        }
        long secondsBegun = Duration.ofNanos(System.nanoTime() - begunNanos).toSeconds() + 1;
        assertThat(queues.outbox(name)).contains("\"event\":\"job.progress\"").contains("\"progress\":1");
        assertThat((long) queues.outboxLength(name)).isBetween(1L, secondsBegun);
    }

    @Test
    void aRetryIsToldWithItsReason() {
        queues.add(name);
        leases.fail(hold(), Verdict.RETRY, "broken");
        assertThat(queues.outbox(name)).contains("job.scheduled", "attempt_failed", "\"attempt\":1");
    }

    @Test
    void ofAQuietJobNothingIsTold() {
        queues.add(name, QUIET);
        Hold hold = hold();
        leases.report(hold, OptionalInt.of(50), Optional.empty());
        leases.complete(hold, Optional.empty());
        assertThat(queues.outboxLength(name)).isZero();
    }

    private Hold hold() {
        return leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "teller"))
                .leases()
                .getFirst()
                .hold();
    }
}

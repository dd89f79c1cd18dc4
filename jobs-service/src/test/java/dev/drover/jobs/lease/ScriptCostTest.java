package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;

/** J-9: what a transition does inside Redis does not depend on how long the queue is. Counted by Redis itself, in commands, not by a clock. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ScriptCostTest {

    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    @Test
    void everyTransitionCostsTheSameAtTenAndAtTenThousandWaitingJobs() {
        List<Long> atTen = costs(filled(10));
        List<Long> atTenThousand = costs(filled(10_000));
        assertThat(atTenThousand).isEqualTo(atTen);
    }

    private QueueName filled(int jobsWaiting) {
        QueueName name = Queues.fresh();
        for (int i = 0; i < jobsWaiting; i++) {
            queues.add(name);
        }
        return name;
    }

    private List<Long> costs(QueueName name) {
        List<Long> costs = new ArrayList<>();
        costs.add(cost(() -> queues.add(name)));
        List<Hold> holds = new ArrayList<>();
        costs.add(cost(() -> leases.lease(name, new LeaseTerms(6, Duration.ofMinutes(1), "w"))
                .leases()
                .forEach(lease -> holds.add(lease.hold()))));
        costs.add(cost(() -> leases.extend(holds.get(0), Duration.ofMinutes(2))));
        costs.add(cost(() -> leases.complete(holds.get(0), Optional.of("1"))));
        costs.add(cost(() -> leases.fail(holds.get(1), Verdict.RETRY, "x")));
        costs.add(cost(() -> leases.handBack(holds.get(2))));
        costs.add(cost(() -> jobs.cancel(holds.get(3).id())));
        JobId lost = holds.get(4).id();
        queues.letLeaseExpire(lost);
        costs.add(cost(() -> recovery.recover(name)));
        return costs;
    }

    /** Commands that ran inside scripts. */
    private long cost(Runnable step) {
        long before = commands();
        step.run();
        return commands() - before;
    }

    private long commands() {
        long total = 0;
        Matcher calls =
                CALLS.matcher(String.join("\n", RedisNodes.ofTheService().ask("INFO", "commandstats")));
        while (calls.find()) {
            // Left out: the reading itself, what connections do by themselves, and the call of a script, which is two
            // where it is new.
            if (calls.group(1).matches("h.*|z.*|x.*|publish|time")
                    && !calls.group(1).equals("hello")) {
                total += Long.parseLong(calls.group(2));
            }
        }
        return total;
    }
}

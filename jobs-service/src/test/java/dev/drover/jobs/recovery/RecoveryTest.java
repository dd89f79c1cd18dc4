package dev.drover.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RecoveryTest {

    @Inject
    Recovery recovery;

    @Inject
    RecoveryStore store;

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    Queues queues;

    @Test
    void oneRunTakesBackWhatIsLeftOnEveryQueue() {
        JobId here = lost(Queues.fresh());
        JobId there = lost(Queues.fresh());
        recovery.runOnce();
        assertThat(jobs.find(here).orElseThrow().state()).isEqualTo(JobState.WAITING);
        assertThat(jobs.find(there).orElseThrow().state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void replicasThatRecoverAtOnceShareTheWork() throws Exception {
        QueueName name = Queues.fresh();
        int total = 50;
        List<JobId> ids = Stream.generate(() -> lost(name)).limit(total).toList();
        Callable<Integer> replica = () -> {
            int mine = 0;
            int batch;
            do {
                batch = store.recover(name, 7, 10).total();
                mine += batch;
            } while (batch > 0);
            return mine;
        };
        int recovered = 0;
        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> mine : replicas.invokeAll(List.of(replica, replica, replica, replica))) {
                recovered += mine.get();
            }
        }
        assertThat(recovered).isEqualTo(total);
        assertThat(ids).allSatisfy(id -> assertThat(jobs.find(id).orElseThrow().crashes())
                .isOne());
    }

    private JobId lost(QueueName name) {
        JobId id = queues.add(name);
        leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "dead"));
        queues.letLeaseExpire(id);
        return id;
    }
}

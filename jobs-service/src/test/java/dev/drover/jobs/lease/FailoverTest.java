package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.redis.client.impl.ZModem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Aside;
import dev.drover.testing.Eventually;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;

/**
 * A single Redis has nobody to take over, so this is for {@code ./drover test --redis cluster}, with which CI runs it each time, and {@code
 * sentinel}, by hand (docs/operations/redis.md).
 */
@QuarkusTest
@TestProfile(FailoverTest.WithReplicas.class)
@EnabledIfSystemProperty(named = "drover.test.redis", matches = "cluster|sentinel")
class FailoverTest {

    /** A Redis of its own, which may be left without its primary. */
    public static final class WithReplicas implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(RedisFixture.class, Map.of(RedisFixture.REPLICAS, "1")),
                    new TestResourceEntry(ObjectStoreFixture.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** Both fixtures miss a dead primary after 1 to 2 s; the rest is their vote, and our looking for the new one. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(20);

    private static final LeaseTerms TERMS = new LeaseTerms(1, Duration.ofMinutes(1), "w");

    @Inject
    LeasesWithoutLooking idle;

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void whenAPrimaryDiesTheServiceGoesOnWithItsReplicaAndIsWokenByIt() throws Exception {
        JobId before = queues.add(name);
        Hold hold = leases.lease(name, TERMS).leases().getFirst().hold();
        URI primary = primaryOf(name);
        assertThat(new RedisNodes(List.of(primary)).ask("WAIT", "1", "5000")).containsExactly("1");

        kill(primary);

        Eventually.within(TAKEN_OVER)
                .untilAsserted(
                        () -> assertThat(jobs.find(before)).map(Job::state).contains(JobState.ACTIVE));
        assertThat(leases.complete(hold, Optional.empty())).isInstanceOf(LeaseStore.SettleResult.Settled.class);
        CompletableFuture<Leases.Taken> sleeper =
                Aside.run(() -> idle.get().lease(name, TERMS, Duration.ofMinutes(5), () -> true));
        JobId after = queues.add(name);
        assertThat(sleeper.get(TAKEN_OVER.toSeconds(), TimeUnit.SECONDS).leases())
                .extracting(lease -> lease.hold().id())
                .containsExactly(after);
    }

    private static URI primaryOf(QueueName queue) {
        List<URI> primaries = RedisNodes.ofTheService().primaries();
        if (primaries.size() == 1) {
            return primaries.getFirst();
        }
        String slot = Integer.toString(ZModem.generate(new JobKeys(queue).jobs()));
        return primaries.stream()
                .filter(one -> !new RedisNodes(List.of(one))
                        .ask("CLUSTER", "COUNTKEYSINSLOT", slot)
                        .contains("0"))
                .findFirst()
                .orElseThrow();
    }

    private static void kill(URI primary) {
        String pid = new RedisNodes(List.of(primary))
                .ask("INFO", "server")
                .getFirst()
                .replaceFirst("(?s).*process_id:(\\d+).*", "$1");
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }
}

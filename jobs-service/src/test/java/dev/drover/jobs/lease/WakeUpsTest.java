package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Aside;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;

/** Idle callers learn of work without asking: with leases that never look by themselves, only a wake-up can end a wait. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class WakeUpsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final LeaseTerms TERMS = new LeaseTerms(1, Duration.ofMinutes(1), "idle");

    @Inject
    LeasesWithoutLooking leases;

    @Inject
    LeaseStore store;

    @Inject
    JobStore jobs;

    @Inject
    QueueSignals signals;

    @Inject
    CancelledJobs cancelled;

    @Inject
    Queues queues;

    private final QueueName name = Queues.fresh();

    @Test
    void aJobThatIsHandedBackWakesAnIdleCaller() throws Exception {
        JobId id = queues.add(name);
        Hold hold = store.lease(name, TERMS).leases().getFirst().hold();
        CompletableFuture<Leases.Taken> idle = idle();
        store.handBack(hold);
        assertThat(idle.get(SOON.toSeconds(), TimeUnit.SECONDS)
                        .leases()
                        .getFirst()
                        .hold()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void aNewEarliestDueTimeReachesACallerThatSleepsLonger() throws Exception {
        queues.add(name, "test.work", Duration.ofHours(1), 1);
        CompletableFuture<Leases.Taken> idle = idle();
        JobId soon = queues.add(name, "test.work", Duration.ofMillis(50), 1);
        assertThat(idle.get(SOON.toSeconds(), TimeUnit.SECONDS)
                        .leases()
                        .getFirst()
                        .hold()
                        .id())
                .isEqualTo(soon);
    }

    @Test
    void whoeverWaitsAsksOnceAndOnceMoreEachTimeItIsWoken() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        LeaseStore counting = (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (proxy, method, args) -> {
                    looks.addAndGet(method.getName().equals("lease") ? 1 : 0);
                    return method.invoke(store, args);
                });
        Leases patient = new Leases(counting, signals, Duration.ofHours(1));
        CompletableFuture<Leases.Taken> idle =
                Aside.run(() -> patient.lease(name, TERMS, Duration.ofMinutes(5), () -> true));
        for (int look = 1; look <= 4; look++) {
            int expected = look;
            Eventually.within(SOON).until(() -> looks.get() == expected);
            signals.raise(name);
        }
        queues.add(name);
        assertThat(idle.get(SOON.toSeconds(), TimeUnit.SECONDS).leases()).hasSize(1);
        assertThat(looks.get()).isLessThanOrEqualTo(6);
    }

    @Test
    void theConnectionThatListensIsMadeAnewWhenItIsLost() throws Exception {
        CompletableFuture<Leases.Taken> idle = idle();
        RedisNodes.ofTheService().ask("CLIENT", "KILL", "TYPE", "pubsub");
        Eventually.within(SOON).until(this::isHeard);
        JobId id = queues.add(name);
        assertThat(idle.get(SOON.toSeconds(), TimeUnit.SECONDS)
                        .leases()
                        .getFirst()
                        .hold()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void cancellingAnActiveJobIsTold() {
        JobId id = queues.add(name);
        store.lease(name, TERMS);
        Eventually.within(SOON).until(this::isHeard);
        jobs.cancel(id);
        Eventually.within(SOON).until(() -> cancelled.heard(id));
    }

    private boolean isHeard() {
        return RedisNodes.ofTheService().ask("PUBSUB", "NUMPAT").contains("1");
    }

    private CompletableFuture<Leases.Taken> idle() {
        CompletableFuture<Leases.Taken> idle =
                Aside.run(() -> leases.get().lease(name, TERMS, Duration.ofMinutes(5), () -> true));
        Eventually.within(SOON).until(() -> signals.isAwaited(name));
        return idle;
    }
}

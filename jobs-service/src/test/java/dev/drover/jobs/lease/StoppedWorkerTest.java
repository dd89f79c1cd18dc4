package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.recovery.RecoveryProbe;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** J-4 with a real process: a worker is stopped beyond the end of its lease and continued, and knows nothing of it. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class StoppedWorkerTest {

    /** Leases for a second, says so, and completes as soon as it may go on. */
    private static final String WORKER = """
            say() { curl -s -X POST "$BASE$1" -H "Authorization: $BEARER" -H 'Content-Type: application/json' -d "$2" "${@:3}"; }
            leased=$(say "queues/$QUEUE/lease" '{"leaseMs": 1000, "worker": "stopped"}')
            id=$(sed 's/.*"id":"\\([^"]*\\)".*/\\1/' <<< "$leased")
            token=$(sed 's/.*"fencingToken":\\([0-9]*\\).*/\\1/' <<< "$leased")
            echo "$id"
            read -r
            say "jobs/$id/complete" "{\\"fencingToken\\": $token, \\"result\\": \\"late\\"}" -o /dev/null -w '%{http_code}\\n'
            """;

    @Inject
    LeaseStore leases;

    @Inject
    JobStore jobs;

    @Inject
    RecoveryProbe recovery;

    @Inject
    Queues queues;

    @TestHTTPResource("/")
    URI base;

    private final QueueName name = Queues.fresh();

    @Test
    void aWorkerThatIsStoppedBeyondItsLeaseAndContinuedIsRefusedAndTheEffectCountsOnce() throws Exception {
        JobId id = queues.add(name);
        Process worker = start();
        try (BufferedReader said = worker.inputReader()) {
            assertThat(said.readLine()).isEqualTo(id.toString());
            signal(worker, "STOP");
            Eventually.within(Duration.ofSeconds(10)).until(() -> recovery.recover(name) == 1);
            Hold live = leases.lease(name, new LeaseTerms(1, Duration.ofMinutes(1), "live"))
                    .leases()
                    .getFirst()
                    .hold();
            leases.complete(live, Optional.of("\"live\""));

            worker.getOutputStream().write('\n');
            worker.getOutputStream().flush();
            signal(worker, "CONT");

            assertThat(said.readLine()).isEqualTo("409");
            Job job = jobs.find(id).orElseThrow();
            assertThat(job.result()).contains("\"live\"");
            assertThat(job.runs()).extracting(Job.Run::outcome).containsExactly("lease_expired", "succeeded");
            assertThat(job.spent()).isOne();
            assertThat(queues.outboxLength(name)).as("told once").isOne();
        } finally {
            worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", WORKER).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("BASE", base.toString());
        builder.environment().put("QUEUE", name.value());
        builder.environment()
                .put("BEARER", TestIdentity.logIn("usr_worker", Roles.WORKER).bearer());
        return builder.start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}

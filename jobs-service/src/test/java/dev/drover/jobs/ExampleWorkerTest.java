package dev.drover.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobState;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.log.JobLogs;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** docs/examples/worker.py as a process, against this service. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ExampleWorkerTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    JobQueue queue;

    @Inject
    JobStore jobs;

    @Inject
    JobLogs logs;

    @TestHTTPResource
    URL service;

    private final QueueName name = Queues.fresh();
    private Process worker;

    @BeforeEach
    void pythonIsThere() throws Exception {
        boolean found;
        try {
            found = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            found = false;
        }
        assumeThat(found).as("python3 is installed").isTrue();
    }

    @AfterEach
    void end() {
        worker.destroyForcibly();
    }

    @Test
    void itDoesJobsAndSaysSo() throws Exception {
        JobId report = add("report.build", "{\"month\":\"2026-01\",\"steps\":2}");
        JobId unknown = add("report.burn", "{}");
        worker = start();
        Eventually.within(SOON).until(() -> state(report) == JobState.SUCCEEDED);
        assertThat(job(report).result())
                .hasValueSatisfying(result -> assertThat(result).contains("2026-01"));
        assertThat(logs.read(report)).extracting(JobLogs.Line::text).containsExactly("beginning with step 1 of 2");
        Eventually.within(SOON).until(() -> state(unknown) == JobState.SCHEDULED);
        assertThat(job(unknown).fault())
                .hasValueSatisfying(fault -> assertThat(fault.detail()).contains("no handler"));
    }

    @Test
    void toldToStopItGivesItsJobBackAndTheNextGoesOnFromThere() throws Exception {
        JobId report = add("report.build", "{\"steps\":40,\"secondsPerStep\":0.1}");
        worker = start();
        Eventually.within(SOON).until(() -> job(report).progress() > 0);
        worker.destroy();
        assertThat(worker.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(job(report).state()).isEqualTo(JobState.WAITING);
        assertThat(job(report).spent()).isZero();
        worker = start();
        Eventually.within(SOON).until(() -> state(report) == JobState.SUCCEEDED);
        List<String> said = logs.read(report).stream().map(JobLogs.Line::text).toList();
        assertThat(said).hasSize(2);
        assertThat(said.get(1)).doesNotContain("step 1 of");
    }

    private JobId add(String type, String payload) {
        JobId id = Queues.id(name);
        queue.enqueue(NewJob.now(id, type, Queues.OWNER, payload));
        return id;
    }

    private Job job(JobId id) {
        return jobs.find(id).orElseThrow();
    }

    private JobState state(JobId id) {
        return job(id).state();
    }

    private Process start() throws IOException {
        String script = Path.of(System.getProperty("drover.home"), "docs", "examples", "worker.py")
                .toString();
        ProcessBuilder builder = new ProcessBuilder("python3", script, name.value()).inheritIO();
        builder.environment().put("DROVER_URL", service.toString());
        builder.environment()
                .put(
                        "DROVER_TOKEN",
                        TestIdentity.logIn("usr_0123456789abcdefghjkmnpqrw", Roles.WORKER)
                                .token());
        return builder.start();
    }
}

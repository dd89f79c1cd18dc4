package dev.drover.jobs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.job.JobStore;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class QueueLatencyTest {

    @Inject
    QueueLatency latency;

    @Inject
    Queues queues;

    @Inject
    JobStore jobs;

    @Inject
    MeterRegistry meters;

    @Test
    void theAgeOfTheOldestWaitingJobIsAMetric() {
        QueueName served = new QueueName("housekeeping");
        JobId id = queues.add(served);
        Eventually.within(Duration.ofSeconds(10)).until(() -> {
            latency.tick();
            return seconds(served) > 0;
        });
        jobs.cancel(id);
        latency.tick();
        assertThat(seconds(new QueueName("mail"))).isNotNaN();
    }

    private double seconds(QueueName queue) {
        return meters.get("drover.queue.latency")
                .tag("queue", queue.value())
                .gauge()
                .value();
    }
}

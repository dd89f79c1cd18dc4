package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.Lease;
import dev.drover.platform.telemetry.LogFields;
import dev.drover.platform.telemetry.TraceParent;
import dev.drover.testing.RedisFixture;

/** Without a collector, as tests run. With one: the black-box tests. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobTelemetryTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PLACE = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Inject
    JobTelemetry telemetry;

    @Test
    void whatARunLogsAndAddsBelongsToTheTraceOfItsJobThoughNothingIsTraced() {
        try (JobTelemetry.Run run = telemetry.begin(lease(Optional.of(PLACE)))) {
            assertThat(TraceParent.current()).contains(PLACE);
            assertThat(MDC.get(LogFields.TRACE_ID)).isEqualTo(TRACE);
            run.ended(new JobOutcome.Succeeded("1"));
        }
        assertThat(TraceParent.current()).isEmpty();
        try (JobTelemetry.Run next = telemetry.begin(lease(Optional.empty()))) {
            assertThat(TraceParent.current())
                    .as("of the job before on the same thread")
                    .isEmpty();
            assertThat(MDC.get(LogFields.TRACE_ID)).isNull();
            next.ended(new JobOutcome.Succeeded("1"));
        }
    }

    private static Lease lease(Optional<String> traceParent) {
        return new Lease(
                new Hold(Queues.id(Queues.fresh()), 1),
                "test.work",
                Queues.OWNER,
                "{}",
                1,
                Instant.EPOCH,
                Optional.empty(),
                Duration.ZERO,
                traceParent,
                Optional.empty());
    }
}

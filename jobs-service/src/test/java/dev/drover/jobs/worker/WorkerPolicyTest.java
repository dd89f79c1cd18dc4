package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class WorkerPolicyTest {

    private static final Duration SECONDS = Duration.ofSeconds(9);

    @Test
    void aHeartbeatComesAtEachThirdOfTheLease() {
        assertThat(new WorkerPolicy("w", 4, SECONDS, SECONDS).heartbeat()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void manyHandsAreLeasedForInPartsAndFewAtOnce() {
        assertThat(leasedAtOnce(1)).isOne();
        assertThat(leasedAtOnce(32)).isEqualTo(32);
        assertThat(leasedAtOnce(90)).isEqualTo(32);
        assertThat(leasedAtOnce(1_000)).isEqualTo(333);
    }

    private static int leasedAtOnce(int hands) {
        return new WorkerPolicy("w", hands, SECONDS, SECONDS).leasedAtOnce();
    }

    @Test
    void whatMakesNoSenseStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerPolicy("w", 0, SECONDS, SECONDS))
                .withMessageContaining("drover.jobs.worker.concurrency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerPolicy("w", 1_001, SECONDS, SECONDS))
                .withMessageContaining("drover.jobs.worker.concurrency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerPolicy("w", 1, Duration.ofMillis(99), SECONDS))
                .withMessageContaining("drover.jobs.worker.lease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerPolicy("w", 1, SECONDS, Duration.ZERO))
                .withMessageContaining("drover.jobs.worker.patience");
    }

    @Test
    void twoHandlersOfOneTypeStopTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new JobHandlers(List.of(new Nothing(), new Nothing())))
                .withMessageContaining("test.nothing");
    }

    private static final class Nothing implements JobHandler {

        @Override
        public String type() {
            return "test.nothing";
        }

        @Override
        public JobOutcome handle(JobExecution execution) {
            return new JobOutcome.Succeeded("null");
        }
    }
}

package dev.drover.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void pausesHaveALengthAndALimitAboveIt() {
        assertThat(new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1)).max())
                .isEqualTo(Duration.ofSeconds(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void whatAWorkerAsksForIsBounded() {
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTerms(0, minute, "w"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTerms(1_001, minute, "w"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTerms(1, Duration.ZERO, "w"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseTerms(1, minute, " "));
    }
}

package dev.drover.jobs.enqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.drover.jobs.enqueue.EnqueuePolicy.Decision;
import dev.drover.platform.jobs.QueueName;

class EnqueuePolicyTest {

    private static final QueueName FREE = new QueueName("reports");
    private static final QueueName RESERVED = new QueueName("media");

    private final EnqueuePolicy policy =
            new EnqueuePolicy(Set.of("media"), Set.of("media", "mail"), Duration.ofDays(1));

    @Test
    void accountsUseFreeQueuesAndTypes() {
        assertThat(policy.decide(false, FREE, "report.build")).isEqualTo(new Decision.Allowed());
        assertThat(policy.decide(false, FREE, "mediation.start")).isEqualTo(new Decision.Allowed());
    }

    @Test
    void whatIsThePlatformsIsReservedOnEveryQueue() {
        assertThat(policy.decide(false, RESERVED, "report.build")).isEqualTo(new Decision.QueueReserved());
        assertThat(policy.decide(false, FREE, "media.process")).isEqualTo(new Decision.TypeReserved("media"));
        assertThat(policy.decide(false, FREE, "mail")).isEqualTo(new Decision.TypeReserved("mail"));
    }

    @Test
    void adminsMayUseEverything() {
        assertThat(policy.decide(true, RESERVED, "media.process")).isEqualTo(new Decision.Allowed());
    }

    @Test
    void aNegativeBoundIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnqueuePolicy(Set.of(), Set.of(), Duration.ofDays(-1)))
                .withMessageContaining("drover.jobs.enqueue.delay-max");
    }
}

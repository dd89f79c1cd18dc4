package dev.drover.lab.prove.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.drover.lab.prove.FaultKind;

class FaultPlanTest {
    private static final Set<FaultKind> KINDS = EnumSet.range(FaultKind.KILL, FaultKind.S3_OUTAGE);
    private static final List<String> SERVICES = List.of("auth", "jobs", "profile");

    @Test
    void theSameSeedIsTheSamePlan() {
        assertThat(drawn(7).faults()).isEqualTo(drawn(7).faults()).isNotEqualTo(drawn(8).faults());
    }

    @Test
    void eachKindComesOnceBeforeAnyComesTwice() {
        assertThat(drawn(7).faults().stream().limit(KINDS.size()).map(FaultPlan.Planned::kind))
                .containsExactlyInAnyOrderElementsOf(KINDS);
    }

    @Test
    void twoMinutesHaveMoreThanSixty() {
        assertThat(drawn(7).faults()).hasSizeGreaterThan(60);
    }

    @Test
    void withoutKindsThereIsNothingToDo() {
        assertThat(FaultPlan.drawn(7, Set.of(), SERVICES, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1))
                        .faults())
                .isEmpty();
    }

    private static FaultPlan drawn(long seed) {
        return FaultPlan.drawn(
                seed, KINDS, SERVICES, Duration.ofSeconds(15), Duration.ofSeconds(117), Duration.ofMillis(1_500));
    }
}

package dev.drover.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.drover.lab.autoscale.ScalingRules.Behaviour;
import dev.drover.lab.autoscale.ScalingRules.Policy;
import dev.drover.lab.autoscale.ScalingRules.Select;
import dev.drover.lab.autoscale.ScalingRules.Target;
import dev.drover.lab.autoscale.ScalingRules.Unit;
import dev.drover.testing.MutableClock;

/** Against the behaviour documented for autoscaling/v2; requests are 200 m, the target 70 %, so that 140 m is right for a member. */
class HorizontalScalerTest {
    private static final Target CPU = new Target.Cpu(70, 200);
    private static final Target LATENCY = new Target.External("latency", 5);
    private static final Behaviour UP = new Behaviour(
            Duration.ZERO,
            Select.MAX,
            List.of(
                    new Policy(Unit.PERCENT, 100, Duration.ofSeconds(15)),
                    new Policy(Unit.PODS, 4, Duration.ofSeconds(15))));
    private static final Behaviour DOWN = new Behaviour(
            Duration.ofSeconds(180),
            Select.MAX,
            List.of(
                    new Policy(Unit.PERCENT, 25, Duration.ofSeconds(60)),
                    new Policy(Unit.PODS, 1, Duration.ofSeconds(60))));

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void membersGrowByTheRatioOfUseToTarget() {
        assertThat(scaler(2, 12, CPU).decide(2, busy(2, 210))).isEqualTo(3);
        assertThat(scaler(2, 12, CPU).decide(4, busy(4, 280))).isEqualTo(8);
    }

    @Test
    void withinATenthOfTheTargetNothingChanges() {
        assertThat(scaler(2, 12, CPU).decide(4, busy(4, 153))).isEqualTo(4);
        assertThat(scaler(2, 12, CPU).decide(4, busy(4, 127))).isEqualTo(4);
    }

    @Test
    void aBurstAddsFourOrDoublesWhicheverIsMoreAndNoMoreInThePeriod() {
        HorizontalScaler scaler = scaler(2, 50, CPU);

        assertThat(scaler.decide(2, busy(2, 5_000))).isEqualTo(6);
        assertThat(scaler.decide(6, busy(6, 5_000))).isEqualTo(6);
        clock.advance(Duration.ofSeconds(15));
        assertThat(scaler.decide(6, busy(6, 5_000))).isEqualTo(12);
        clock.advance(Duration.ofSeconds(15));
        assertThat(scaler.decide(12, busy(12, 5_000))).isEqualTo(24);
    }

    @Test
    void neverMoreThanTheMaximumAndNeverLessThanTheMinimum() {
        assertThat(scaler(2, 4, CPU).decide(2, busy(2, 5_000))).isEqualTo(4);
        assertThat(scaler(2, 4, CPU).decide(9, busy(9, 140))).isEqualTo(4);
        assertThat(scaler(2, 4, CPU).decide(1, busy(1, 0))).isEqualTo(2);
        HorizontalScaler scaler = scaler(2, 4, CPU);
        assertThat(scaler.decide(2, busy(2, 0))).isEqualTo(2);
    }

    @Test
    void downGoesOnlyToTheHighestNeedOfTheLastThreeMinutes() {
        HorizontalScaler scaler = scaler(2, 12, CPU);
        assertThat(scaler.decide(8, busy(8, 140))).isEqualTo(8);
        for (int seconds = 15; seconds < 180; seconds += 15) {
            clock.advance(Duration.ofSeconds(15));
            assertThat(scaler.decide(8, busy(8, 10))).as("after %d s", seconds).isEqualTo(8);
        }

        clock.advance(Duration.ofSeconds(15));

        assertThat(scaler.decide(8, busy(8, 10))).isEqualTo(6);
    }

    @Test
    void downGoesAQuarterAMinute() {
        HorizontalScaler scaler = scaler(2, 12, CPU);
        assertThat(scaler.decide(8, busy(8, 1))).isEqualTo(6);
        clock.advance(Duration.ofSeconds(15));
        assertThat(scaler.decide(6, busy(6, 1))).isEqualTo(6);
        clock.advance(Duration.ofSeconds(45));
        assertThat(scaler.decide(6, busy(6, 1))).isEqualTo(4);
        clock.advance(Duration.ofSeconds(60));
        assertThat(scaler.decide(4, busy(4, 1))).isEqualTo(3);
        clock.advance(Duration.ofSeconds(60));
        assertThat(scaler.decide(3, busy(3, 1))).isEqualTo(2);
    }

    @Test
    void membersThatAreNotReadyCountAsIdleWhenMoreAreWanted() {
        assertThat(scaler(2, 12, CPU).decide(4, new Observation(uses(2, 280), 2, Map.of())))
                .isEqualTo(4);
        assertThat(scaler(2, 12, CPU).decide(4, new Observation(uses(2, 420), 2, Map.of())))
                .isEqualTo(6);
    }

    @Test
    void theLargestNeedCounts() {
        HorizontalScaler scaler = scaler(2, 12, LATENCY, CPU);

        assertThat(scaler.decide(2, new Observation(uses(2, 20), 0, Map.of("latency", 10.0))))
                .isEqualTo(4);
    }

    @Test
    void aMetricThatCannotBeHadTakesNobodyAwayButLetsTheOtherAdd() {
        assertThat(scaler(2, 12, LATENCY, CPU).decide(4, busy(4, 10))).isEqualTo(4);
        assertThat(scaler(2, 12, LATENCY, CPU).decide(4, busy(4, 210))).isEqualTo(6);
        assertThat(scaler(2, 12, CPU).decide(4, new Observation(List.of(), 4, Map.of())))
                .isEqualTo(4);
    }

    @Test
    void whoeverSwitchedTheServiceOffIsNotOverruled() {
        assertThat(scaler(2, 12, CPU).decide(0, busy(0, 0))).isZero();
    }

    private HorizontalScaler scaler(int min, int max, Target... targets) {
        return new HorizontalScaler(new ScalingRules(min, max, List.of(targets), UP, DOWN), clock);
    }

    private static Observation busy(int members, double millis) {
        return new Observation(uses(members, millis), 0, Map.of());
    }

    private static List<Double> uses(int members, double millis) {
        return new ArrayList<>(Collections.nCopies(members, millis));
    }
}

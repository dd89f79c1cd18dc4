package dev.drover.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.drover.lab.autoscale.ScalingRules.Target;
import dev.drover.testing.MutableClock;

/** The manifests of this repository, as they are. */
class ScalingManifestsTest {
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final ScalingManifests manifests =
            new ScalingManifests(Path.of("..").toAbsolutePath());

    @Test
    void aServiceIsScaledByProcessorTimeAgainstItsOwnRequest() throws Exception {
        ScalingRules rules = manifests.rules("auth-service");

        assertThat(rules.min()).isEqualTo(2);
        assertThat(rules.max()).isEqualTo(12);
        assertThat(rules.targets()).containsExactly(new Target.Cpu(70, 250));
        assertThat(rules.up().stabilisation()).isZero();
        assertThat(rules.up().policies()).hasSize(2);
        assertThat(rules.down().stabilisation()).isEqualTo(Duration.ofSeconds(180));
    }

    @Test
    void workersAreScaledByHowLongJobsWaitToo() throws Exception {
        assertThat(manifests.rules("jobs-worker").targets())
                .containsExactly(new Target.External("drover_queue_latency_seconds", 5), new Target.Cpu(70, 250));
    }

    /** An autoscaler looks every 15 s, so that a burst that begins at the worst moment is met twice within 30. */
    @Test
    void aBurstIsMetWithinHalfAMinuteAndALoadThatComesAndGoesTakesNobodyAway() throws Exception {
        MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
        HorizontalScaler scaler = new HorizontalScaler(manifests.rules("auth-service"), clock);
        int members = scaler.decide(2, using(2, 100));
        assertThat(members).isEqualTo(2);
        for (int look = 0; look < 2; look++) {
            clock.advance(LOOK);
            members = scaler.decide(members, using(members, 2_000));
        }
        assertThat(members).as("30 s after the burst began").isEqualTo(12);

        int steps = 0;
        for (int minute = 0; minute < 20; minute++) {
            for (int look = 0; look < 4; look++) {
                clock.advance(LOOK);
                // Every other minute it is quiet.
                int now = scaler.decide(members, using(members, minute % 2 == 0 ? 10 : 170));
                steps += now == members ? 0 : 1;
                members = now;
            }
        }
        assertThat(steps)
                .as("changes of mind in twenty minutes of a load that comes and goes")
                .isZero();

        for (int look = 0; look < 80; look++) {
            clock.advance(LOOK);
            members = scaler.decide(members, using(members, 10));
        }
        assertThat(members).as("twenty minutes after it ended").isEqualTo(2);
    }

    private static Observation using(int members, double millis) {
        return new Observation(Collections.nCopies(members, millis), 0, Map.of());
    }

    @Test
    void whatTheManifestsDoNotNameIsSaid() {
        assertThatThrownBy(() -> manifests.rules("nobody"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void aSmallMachineHasBoundsOfItsOwn() throws Exception {
        ScalingRules local = manifests.rules("auth-service").within(1, 4);

        assertThat(local.min()).isEqualTo(1);
        assertThat(local.max()).isEqualTo(4);
    }
}

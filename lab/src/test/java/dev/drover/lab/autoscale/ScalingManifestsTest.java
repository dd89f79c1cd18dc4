package dev.drover.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.drover.lab.autoscale.ScalingRules.Target;

/** The manifests of this repository, as they are. */
class ScalingManifestsTest {
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

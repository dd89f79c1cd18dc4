package dev.drover.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.InstanceLauncher;
import dev.drover.lab.fleet.ProcessFleet;
import dev.drover.lab.fleet.Readiness;
import dev.drover.lab.fleet.Service;
import dev.drover.testing.Eventually;
import dev.drover.testing.MutableClock;

/** Real processes, small ones, scaled by the rules of this repository's manifests. */
class AutoscalerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STARTED_UP = Duration.ofSeconds(31);
    private static final String IDLE = "exec sleep 60";
    private static final String BUSY = "while :; do :; done";

    @TempDir
    Path logs;

    private final MutableClock clock = new MutableClock(Instant.now());
    private final List<String> told = new ArrayList<>();
    private ProcessFleet fleet;

    @AfterEach
    void stop() {
        fleet.stop(Duration.ofSeconds(5));
    }

    @Test
    void aServiceWhoseProcessesAreBusyGetsMoreOfThemAndAnIdleOneDoesNot() throws Exception {
        Autoscaler autoscaler = over(BUSY, OptionalDouble.of(0));

        autoscaler.runOnce();
        Duration used = cpuOf(Service.AUTH);
        Eventually.within(PATIENCE).until(() -> cpuOf(Service.AUTH).minus(used).toMillis() > 300);
        clock.advance(Duration.ofSeconds(1));
        autoscaler.runOnce();

        assertThat(fleet.wanted(Service.AUTH)).isGreaterThan(1);
        assertThat(fleet.wanted(Service.JOBS)).isEqualTo(1);
        assertThat(told).singleElement().asString().startsWith("auth 1 ");
    }

    @Test
    void jobsThatWaitTooLongBringWorkersAndNothingElse() throws Exception {
        Autoscaler autoscaler = over(IDLE, OptionalDouble.of(60));

        autoscaler.runOnce();
        clock.advance(Duration.ofSeconds(1));
        autoscaler.runOnce();

        assertThat(fleet.wanted(Service.JOBS)).isGreaterThan(1).isLessThanOrEqualTo(4);
        assertThat(fleet.wanted(Service.AUTH)).isEqualTo(1);
        assertThat(autoscaler
                        .view()
                        .getJsonObject("bounds")
                        .getJsonObject("jobs")
                        .encode())
                .isEqualTo("{\"min\":1,\"max\":4}");
    }

    /** auth does as it is told, jobs-service is idle; each has one process, which has started long ago. */
    private Autoscaler over(String auth, OptionalDouble latencySeconds) throws Exception {
        InstanceLauncher launcher = new InstanceLauncher(
                service -> List.of("sh", "-c", service == Service.AUTH ? auth : IDLE),
                service -> Map.of(),
                logs,
                clock);
        fleet = new ProcessFleet(1, List.of(Service.AUTH, Service.JOBS), launcher, FleetEvents.UNHEARD, clock);
        fleet.start();
        Eventually.within(PATIENCE).until(() -> fleet.instances().size() == 2);
        fleet.instances().forEach(Readiness::grant);
        clock.advance(STARTED_UP);
        return new Autoscaler(
                fleet,
                () -> latencySeconds,
                Path.of("..").toAbsolutePath(),
                1,
                4,
                (service, from, to) -> told.add(service + " " + from + " " + to),
                clock);
    }

    private Duration cpuOf(Service service) {
        return fleet.instances().stream()
                .filter(instance -> instance.service() == service)
                .findFirst()
                .flatMap(instance -> ProcessHandle.of(instance.pid()))
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}

package dev.drover.lab.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.InstanceLauncher;
import dev.drover.lab.fleet.ProcessFleet;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.fleet.Trouble;
import dev.drover.lab.gateway.Signals;
import dev.drover.lab.room.Member.Condition;
import dev.drover.stores.process.ChildProcess.Signal;

/** Real processes, small ones: a shell stands for a service. */
class LocalFleetTest {
    @TempDir
    Path logs;

    private ProcessFleet processes;
    private LocalFleet fleet;

    @BeforeEach
    void start() {
        Clock clock = Clock.systemUTC();
        InstanceLauncher launcher =
                new InstanceLauncher(service -> List.of("sleep", "60"), service -> Map.of(), logs, clock);
        processes = new ProcessFleet(1, List.of(Service.AUTH), launcher, new Ends(), clock);
        fleet = new LocalFleet(processes, id -> 3, id -> 7.5, clock);
        processes.start();
        Signals.await(() -> !members().isEmpty());
    }

    @AfterEach
    void stop() {
        processes.stop(Duration.ofSeconds(5));
    }

    @Test
    void aMemberIsShownWithWhatItDoes() {
        Member member = members().getFirst();

        assertThat(member.id()).startsWith("auth-1-");
        assertThat(member.condition()).isEqualTo(Condition.STARTING);
        assertThat(member.requestsPerSecond()).hasValue(7.5);
        assertThat(member.inFlight()).isEqualTo(3);
        assertThat(member.toJson().getString("state")).isEqualTo("starting");
    }

    @Test
    void aStoppedProcessIsShownAsStoppedWhoeverStoppedIt() throws Exception {
        String id = members().getFirst().id();

        assertThat(fleet.signal(id, Signal.STOP)).isTrue();
        Signals.await(() -> members().getFirst().condition() == Condition.STOPPED);

        fleet.signal(id, Signal.CONT);
        Signals.await(() -> members().getFirst().condition() == Condition.STARTING);
    }

    @Test
    void theDeadAreShownBesideTheirSuccessorForAMoment() throws Exception {
        String id = members().getFirst().id();

        fleet.signal(id, Signal.KILL);

        Signals.await(() ->
                members().stream().anyMatch(member -> member.id().equals(id) && member.condition() == Condition.DEAD));
        Signals.await(() -> members().stream().anyMatch(member -> !member.id().equals(id)));
        Signals.await(() -> members().stream().noneMatch(member -> member.id().equals(id)));
    }

    @Test
    void aServiceNobodyKnowsIsNotScaled() {
        assertThat(fleet.scale("nobody", 2)).isFalse();
        assertThat(fleet.restart("nobody")).isEqualTo(FleetPort.Restart.NO_SUCH_SERVICE);
        assertThat(fleet.signals()).containsExactlyInAnyOrder(Signal.values());
    }

    private List<Member> members() {
        return fleet.look().stream()
                .filter(service -> service.name().equals("auth"))
                .findFirst()
                .orElseThrow()
                .members();
    }

    private final class Ends implements FleetEvents {
        @Override
        public void ready(Instance instance) {}

        @Override
        public void ended(Instance instance, int exitCode) {
            fleet.ended(instance);
        }

        @Override
        public void crashLooping(Trouble trouble) {}
    }
}

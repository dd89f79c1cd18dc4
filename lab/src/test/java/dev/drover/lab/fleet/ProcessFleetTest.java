package dev.drover.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.gateway.Signals;
import dev.drover.stores.process.ChildProcess.Signal;

/** Real processes, small ones: a shell stands for a service. */
class ProcessFleetTest {
    @TempDir
    Path logs;

    private final RecordedEvents events = new RecordedEvents();
    private ProcessFleet fleet;

    @AfterEach
    void stop() {
        if (fleet != null) {
            fleet.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void aKilledInstanceIsReplacedByOneWithAnotherName() throws Exception {
        start("exec sleep 60");
        Instance first = theInstance();
        first.become(InstanceState.READY);

        assertThat(fleet.signal(first.id(), Signal.KILL)).isTrue();

        assertThat(events.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(first.id() + " 137");
        Signals.await(() ->
                fleet.instances().stream().anyMatch(instance -> !instance.id().equals(first.id())));
        assertThat(fleet.find(first.id())).isEmpty();
        assertThat(theInstance().id()).startsWith("auth-1-");
    }

    @Test
    void oneThatNeverGetsReadyIsReportedWithItsLastWords() throws Exception {
        start("echo REDIS_URL is not set; exit 78");

        Trouble trouble = events.loops.poll(20, TimeUnit.SECONDS);

        assertThat(trouble.slot()).isEqualTo("auth-1");
        assertThat(trouble.exitCode()).isEqualTo(78);
        assertThat(trouble.lastLines()).containsExactly("REDIS_URL is not set");
        assertThat(fleet.troubles()).extracting(Trouble::slot).containsExactly("auth-1");
    }

    @Test
    void stoppingLeavesNoProcessAndStartsNoOther() throws Exception {
        start("trap '' TERM; sleep 60 & wait; wait");
        Instance stubborn = theInstance();

        fleet.stop(Duration.ofMillis(300));

        assertThat(ProcessHandle.of(stubborn.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(fleet.instances()).isEmpty();
    }

    @Test
    void allInstancesOfAServiceHaveTheSameEnvironmentButForPortsAndName() throws Exception {
        start("echo $PORT $MANAGEMENT_PORT $INSTANCE_ID $SHARED; exec sleep 60");
        Instance instance = theInstance();

        Signals.await(() -> !instance.lastLines(1).isEmpty());

        assertThat(instance.lastLines(1))
                .containsExactly(instance.port() + " " + instance.managementPort() + " " + instance.id() + " the same");
    }

    @Test
    void aServiceGrowsAndShrinksAndWhatShrinksIsNotReplaced() throws Exception {
        start("exec sleep 60");
        theInstance();

        fleet.scale(Service.AUTH, 3);
        Signals.await(() -> fleet.instances().size() == 3);
        assertThat(fleet.wanted(Service.AUTH)).isEqualTo(3);

        fleet.scale(Service.AUTH, 1);
        Signals.await(() -> fleet.instances().size() == 1);

        assertThat(theInstance().id()).startsWith("auth-1-");
        assertThat(events.ended.poll(10, TimeUnit.SECONDS)).contains(" 143");
        assertThat(events.ended.poll(10, TimeUnit.SECONDS)).contains(" 143");
        fleet.scale(Service.AUTH, 2);
        Signals.await(() -> fleet.instances().size() == 2);
        assertThat(fleet.instances().getLast().id()).startsWith("auth-2-");
    }

    @Test
    void whatWasToldToEndDrains() throws Exception {
        start("trap '' TERM; sleep 60 & wait; wait");
        Instance stubborn = theInstance();
        stubborn.become(InstanceState.READY);

        fleet.signal(stubborn.id(), Signal.TERM);
        stubborn.become(InstanceState.READY);

        assertThat(stubborn.state()).isEqualTo(InstanceState.DRAINING);
    }

    @Test
    void aRollingRestartGoesOnOnlyWhenTheSuccessorIsReady() throws Exception {
        start("exec sleep 60");
        fleet.scale(Service.AUTH, 2);
        Signals.await(() -> fleet.instances().size() == 2);
        List<Instance> before = fleet.instances();
        before.forEach(instance -> instance.become(InstanceState.READY));

        assertThat(fleet.restart(Service.AUTH)).isTrue();
        assertThat(fleet.restart(Service.AUTH)).isFalse();

        Instance first = successorOf(before.getFirst());
        assertThat(before.getLast().state()).isEqualTo(InstanceState.READY);
        first.become(InstanceState.READY);
        successorOf(before.getLast()).become(InstanceState.READY);
        Signals.await(() -> !fleet.isRestarting(Service.AUTH));
        assertThat(fleet.instances()).hasSize(2).doesNotContainAnyElementsOf(before);
    }

    private Instance successorOf(Instance old) {
        String place = old.id().substring(0, old.id().lastIndexOf('-'));
        Signals.await(() ->
                fleet.instances().stream().anyMatch(instance -> instance.id().startsWith(place) && instance != old));
        return fleet.instances().stream()
                .filter(instance -> instance.id().startsWith(place) && instance != old)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deathIsFinal() throws Exception {
        start("exec sleep 60");
        Instance instance = theInstance();
        fleet.signal(instance.id(), Signal.KILL);
        instance.exit().get(5, TimeUnit.SECONDS);

        instance.become(InstanceState.READY);

        assertThat(instance.state()).isEqualTo(InstanceState.GONE);
    }

    private void start(String script) {
        InstanceLauncher launcher = new InstanceLauncher(
                service -> List.of("sh", "-c", script),
                service -> Map.of("SHARED", "the same"),
                logs,
                Clock.systemUTC());
        fleet = new ProcessFleet(1, List.of(Service.AUTH), launcher, events, Clock.systemUTC());
        fleet.start();
    }

    private Instance theInstance() {
        Signals.await(() -> fleet.instances().size() == 1);
        return fleet.instances().getFirst();
    }

    private static final class RecordedEvents implements FleetEvents {
        private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        private final BlockingQueue<Trouble> loops = new LinkedBlockingQueue<>();

        @Override
        public void ready(Instance instance) {}

        @Override
        public void ended(Instance instance, int exitCode) {
            ended.add(instance.id() + " " + exitCode);
        }

        @Override
        public void crashLooping(Trouble trouble) {
            loops.add(trouble);
        }
    }
}

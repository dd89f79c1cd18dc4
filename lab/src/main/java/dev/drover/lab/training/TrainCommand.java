package dev.drover.lab.training;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.drover.lab.console.Folders;
import dev.drover.lab.console.Terminal;
import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.JavaCommand;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.stores.Stores;
import dev.drover.lab.suite.DataFolder;
import dev.drover.lab.suite.Suite;
import dev.drover.lab.suite.SuitePlan;
import dev.drover.stores.process.FreePort;

/**
 * Runs one instance of each service through its usual work and has its JVM write down, as it ends, what the next start can take over: an
 * AOT cache from JDK 25 on, a class data archive before. Without it everything works the same and starts slower, so a training that fails is
 * told and not more.
 */
@Command(
        name = "train",
        hidden = true,
        description = "Records the start of the services, so that the next one is faster.")
public final class TrainCommand implements Callable<Integer> {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    @Mixin
    private Folders folders;

    @Option(names = "--if-missing", description = "Only when one has none of its present build.")
    private boolean ifMissing;

    private final Terminal terminal = new Terminal(System.out);

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        if (ifMissing && missing().isEmpty()) {
            return 0;
        }
        terminal.line("Recording how the services start, once per build");
        try (DataFolder data = DataFolder.open(folders.home().resolve("target").resolve("training"))) {
            data.clear();
            train(data);
            List<String> missing = missing();
            if (!missing.isEmpty()) {
                terminal.failed("no recording was made of " + String.join(", ", missing) + "; see "
                        + data.path().resolve("logs"));
                return 1;
            }
            data.clear();
        } catch (IOException | DataFolder.BusyException e) {
            terminal.failed("the recording failed: " + e.getMessage());
            return 1;
        }
        terminal.done("recorded", Duration.ofNanos(System.nanoTime() - begun));
        return 0;
    }

    private List<String> missing() {
        return Arrays.stream(Service.values())
                .filter(service -> !JavaCommand.of(service, folders.home()).isRecorded())
                .map(Service::label)
                .toList();
    }

    private void train(DataFolder data) throws IOException, InterruptedException {
        SuitePlan plan = new SuitePlan(folders.home(), FreePort.find(), 1, SuitePlan.Launch.RECORD);
        // Always on stores of its own: what the environment names holds somebody's data.
        Stores stores = Stores.start(data.path(), Suite.publicUrl(plan).toString(), Map.of());
        Suite suite;
        try {
            suite = Suite.start(plan, data, stores, FleetEvents.UNHEARD, Clock.systemUTC());
        } catch (IOException e) {
            stores.close();
            throw e;
        }
        Thread interrupted = new Thread(suite::stop, "stop");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            if (!suite.awaitReady(READY_WITHIN)) {
                terminal.failed("only " + suite.readyInstances() + " of " + suite.size() + " became ready");
            }
            new Exercise(Suite.publicUrl(plan)).run(terminal::failed);
        } finally {
            suite.stop();
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
    }
}

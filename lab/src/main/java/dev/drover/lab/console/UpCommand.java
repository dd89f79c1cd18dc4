package dev.drover.lab.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.drover.lab.fleet.JavaCommand;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.stores.Stores;
import dev.drover.lab.suite.DataFolder;
import dev.drover.lab.suite.Suite;
import dev.drover.lab.suite.SuitePlan;
import dev.drover.stores.process.FreePort;

/** Starts the suite, says what runs where, and stays until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the suite and keep it running until Ctrl-C.")
public class UpCommand implements Callable<Integer> {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    @Mixin
    Folders folders;

    @Option(
            names = "--replicas",
            defaultValue = "2",
            description = "Instances of each service (default: ${DEFAULT-VALUE}).")
    int replicas;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the gateway, 0 for a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--autoscale",
            description =
                    "Scale the services between --replicas and --max-replicas by the rules of deploy's autoscalers.")
    boolean autoscale;

    @Option(
            names = "--max-replicas",
            defaultValue = "4",
            description = "With --autoscale: instances a service has at most (default: ${DEFAULT-VALUE}).")
    int maxReplicas;

    @Option(names = "--fresh", description = "Forget the data of earlier runs first.")
    boolean fresh;

    private final Terminal terminal = Terminal.ofProcess();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public Integer call() throws Exception {
        List<String> missing = Arrays.stream(Service.values())
                .filter(service -> !JavaCommand.of(service, folders.home()).isBuilt())
                .map(Service::label)
                .toList();
        if (!missing.isEmpty()) {
            terminal.failed("not built: " + String.join(", ", missing) + ". Run ./drover build");
            return 1;
        }
        try (DataFolder data = DataFolder.open(folders.data())) {
            int chosen = port == 0 ? FreePort.find() : port;
            if (!FreePort.isFree(chosen)) {
                terminal.failed("port " + chosen
                        + " is in use by another program. Choose another one: ./drover up --port " + (chosen + 1));
                return 1;
            }
            if (fresh) {
                data.clear();
            }
            return run(data, plan(chosen));
        } catch (DataFolder.BusyException e) {
            terminal.failed(e.getMessage());
            return 1;
        } catch (IllegalArgumentException | IOException e) {
            terminal.failed(e.getMessage());
            return 1;
        }
    }

    private SuitePlan plan(int chosenPort) {
        Optional<Integer> max = autoscale ? Optional.of(maxReplicas) : Optional.empty();
        return new SuitePlan(folders.home(), chosenPort, replicas, max, SuitePlan.Launch.RUN);
    }

    private int run(DataFolder data, SuitePlan plan) throws IOException, InterruptedException {
        long started = System.nanoTime();
        terminal.line("Drover starts, with its data in " + data.path());
        ConsoleEvents events = new ConsoleEvents(terminal);
        Stores stores = Stores.start(data.path(), Suite.publicUrl(plan).toString(), System.getenv());
        terminal.done("the stores answer", since(started));
        Suite suite;
        try {
            suite = Suite.start(plan, data, stores, events, Clock.systemUTC());
        } catch (IOException e) {
            stores.close();
            throw e;
        }
        Thread stop = new Thread(() -> stop(suite, events), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        if (suite.awaitReady(READY_WITHIN)) {
            suite.publish();
            Welcome.print(terminal, suite, plan, data, since(started));
        } else if (!stopped.get()) {
            suite.publish();
            terminal.failed(suite.readyInstances() + " of " + suite.size() + " instances are ready after "
                    + READY_WITHIN.toMinutes()
                    + " minutes; see ./drover status and ./drover logs. The rest is still tried.");
        }
        Quarkus.waitForExit();
        stop(suite, events);
        return 0;
    }

    private synchronized void stop(Suite suite, ConsoleEvents events) {
        if (stopped.getAndSet(true)) {
            return;
        }
        long started = System.nanoTime();
        events.silence();
        terminal.line("\nStopping: instances finish what they have, then the stores.");
        suite.stop();
        terminal.line("Stopped after " + Terminal.seconds(since(started))
                + ". The data stays; ./drover up --fresh would forget it.");
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}

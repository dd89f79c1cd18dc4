package dev.drover.lab.cluster;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.runtime.Quarkus;
import picocli.CommandLine.Command;

import dev.drover.lab.console.Terminal;

/** The control room of a suite in a cluster, as the program of a pod there. It is told everything by its environment. */
@Command(
        name = "room",
        mixinStandardHelpOptions = true,
        description = "Serve the control room of a suite in a cluster (docs/lab.md says which variables it takes).")
public class RoomCommand implements Callable<Integer> {
    /** As the services end, when their environment is wrong. */
    private static final int WRONG_ENVIRONMENT = 78;

    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() {
        RoomSettings settings;
        try {
            settings = RoomSettings.of(System.getenv());
        } catch (RoomSettings.Faulty e) {
            terminal.failed(e.getMessage());
            return WRONG_ENVIRONMENT;
        }
        try (ClusterRoom room = ClusterRoom.start(
                new KubernetesClientBuilder().build(), settings, System.getenv(), Clock.systemUTC())) {
            terminal.line("The control room of " + settings.namespace() + " listens on port " + settings.port());
            Quarkus.waitForExit();
            return 0;
        } catch (IOException e) {
            terminal.failed(e.getMessage());
            return 1;
        }
    }
}

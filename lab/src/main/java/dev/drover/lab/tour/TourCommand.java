package dev.drover.lab.tour;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.drover.lab.console.Folders;
import dev.drover.lab.prove.herd.KubernetesHerd;
import dev.drover.lab.suite.LabFile;
import dev.drover.lab.tour.client.Fleet;
import dev.drover.lab.tour.client.FleetClient;
import dev.drover.lab.tour.client.TourFailure;

/** Walks through what the suite does, against the one that runs here, killing two of its instances on the way. */
@Command(name = "tour", description = "Walks through the running suite in six steps, killing two instances on the way.")
public final class TourCommand implements Callable<Integer> {

    @Mixin
    private Folders folders;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway's address (default: the one of the running lab).")
    private URI url;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description =
                    "The suite in this namespace of the cluster kubectl speaks to; --url is then its edge's address.")
    private String namespace;

    @Override
    public Integer call() throws InterruptedException {
        if (namespace != null) {
            return walkInCluster();
        }
        Optional<LabFile> lab = LabFile.read(folders.data());
        if (lab.isEmpty()) {
            System.err.println("No lab is running here. Start one in another terminal: ./drover up");
            return 1;
        }
        URI gateway = url == null ? lab.get().gateway() : url;
        return walk(gateway, new FleetClient(gateway, lab.get().token()));
    }

    private int walkInCluster() throws InterruptedException {
        try (KubernetesHerd herd = KubernetesHerd.of(namespace, Optional.ofNullable(url))) {
            return walk(herd.gateway(), new HerdFleet(herd));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int walk(URI gateway, Fleet fleet) {
        Narration narration = new Narration(terminal(), isColoured());
        narration.line("A tour of the suite at " + gateway);
        try {
            narration.line(fleet.members().size() + " instances; right of each line stands the one that served it.");
        } catch (TourFailure e) {
            narration.failed(e);
            System.err.println(fleet.keeper() + " does not answer. Is it running?");
            return 1;
        }
        try (Traveller traveller = new Traveller(gateway, fleet, narration)) {
            return new Tour(narration).walk(traveller) ? 0 : 1;
        }
    }

    /** In UTF-8 whatever the locale says: a container often has none. */
    private static PrintStream terminal() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    private static boolean isColoured() {
        return System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }
}

package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

import dev.drover.lab.cluster.PodHerd;
import dev.drover.lab.console.Folders;
import dev.drover.lab.console.Terminal;
import dev.drover.lab.operator.OperatorAccount;
import dev.drover.lab.prove.herd.Herd.Admin;
import dev.drover.lab.suite.DataFolder;
import dev.drover.lab.suite.LabFile;

/** Finds the suite to be proved: behind an address, in a cluster, the one that runs here, or one that is started for it. */
public final class Herds {
    private static final String OWN_FOLDER = "prove";

    private Herds() {}

    /** A herd, and what has to be stopped with it. */
    public record Open(Herd herd, Optional<OwnSuite> own) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            herd.close();
            if (own.isPresent()) {
                own.get().close();
            }
        }
    }

    private static Admin admin(Folders folders) throws IOException {
        return new Admin(OperatorAccount.EMAIL, OperatorAccount.password(folders.data()), true);
    }

    public static Open open(
            Folders folders, Optional<URI> url, Optional<String> namespace, int replicas, Terminal terminal)
            throws IOException, InterruptedException, DataFolder.BusyException {
        if (namespace.isPresent()) {
            if (PodHerd.isInCluster() && url.isPresent()) {
                Herd herd = PodHerd.of(namespace.get(), url.get(), UrlHerd.admin(System.getenv()));
                return new Open(herd, Optional.empty());
            }
            return new Open(KubernetesHerd.of(namespace.get(), url), Optional.empty());
        }
        if (url.isPresent()) {
            return new Open(UrlHerd.of(url.get(), System.getenv()), Optional.empty());
        }
        Optional<LabFile> running = LabFile.read(folders.data());
        if (running.isPresent()) {
            LabFile lab = running.get();
            Herd herd = LabHerd.of(lab.gateway(), lab.token(), SwitchedStores.of(lab), Optional.of(admin(folders)));
            return new Open(herd, Optional.empty());
        }
        terminal.line("No suite runs here: one is started for the proof, and stopped after it");
        OwnSuite own = OwnSuite.start(folders.home(), folders.data().resolve(OWN_FOLDER), replicas, Clock.systemUTC());
        return new Open(own.herd(), Optional.of(own));
    }
}

package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.operator.OperatorAccount;
import dev.drover.lab.prove.herd.Herd.Admin;
import dev.drover.lab.stores.Stores;
import dev.drover.lab.suite.DataFolder;
import dev.drover.lab.suite.LabFile;
import dev.drover.lab.suite.Suite;
import dev.drover.lab.suite.SuitePlan;
import dev.drover.stores.process.FreePort;

/** A suite for one proof, with ports and a folder of its own and no data of earlier ones. */
public final class OwnSuite implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final DataFolder data;
    private final Suite suite;
    private final LabFile file;

    private OwnSuite(DataFolder data, Suite suite, LabFile file) {
        this.data = data;
        this.suite = suite;
        this.file = file;
    }

    public static OwnSuite start(Path home, Path folder, int replicas, Clock clock)
            throws IOException, InterruptedException, DataFolder.BusyException {
        DataFolder data = DataFolder.open(folder);
        try {
            data.clear();
            SuitePlan plan = new SuitePlan(home, FreePort.find(), replicas, SuitePlan.Launch.RUN);
            Stores stores = Stores.start(data.path(), Suite.publicUrl(plan).toString(), System.getenv());
            Suite suite;
            try {
                suite = Suite.start(plan, data, stores, FleetEvents.UNHEARD, clock);
            } catch (IOException e) {
                stores.close();
                throw e;
            }
            if (!suite.awaitReady(READY_WITHIN)) {
                suite.stop();
                throw new IOException("the suite is not ready after " + READY_WITHIN.toSeconds()
                        + " s; its logs are in " + folder.resolve("logs"));
            }
            return new OwnSuite(data, suite, suite.publish());
        } catch (IOException | InterruptedException e) {
            data.close();
            throw e;
        }
    }

    public Herd herd() throws IOException, InterruptedException {
        Admin admin = new Admin(OperatorAccount.EMAIL, OperatorAccount.password(data.path()), true);
        return LabHerd.of(file.gateway(), file.token(), new OwnStores(suite.stores()), Optional.of(admin));
    }

    @Override
    public void close() throws IOException {
        suite.stop();
        data.close();
    }
}

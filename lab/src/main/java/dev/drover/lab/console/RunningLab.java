package dev.drover.lab.console;

import java.nio.file.Path;
import java.util.Optional;

import dev.drover.lab.control.LabClient;
import dev.drover.lab.suite.LabFile;

/** Finds the lab another terminal started. */
final class RunningLab {
    private RunningLab() {}

    static Optional<LabClient> find(Path data, Terminal terminal) {
        Optional<LabFile> file = LabFile.read(data);
        if (file.isEmpty()) {
            terminal.failed("nothing runs with its data in " + data + ". Start it: ./drover up");
        }
        return file.map(lab -> new LabClient(lab.gateway(), Optional.of(lab.token())));
    }
}

package dev.drover.lab.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.drover.stores.process.ChildProcess;
import dev.drover.stores.process.FreePort;

/** Starts one process of a service. All instances of a service get the same environment; only ports and id differ. */
public final class InstanceLauncher {
    private final Function<Service, List<String>> command;
    private final Function<Service, Map<String, String>> environment;
    private final InstanceIds ids = new InstanceIds();
    private final Path logs;
    private final Clock clock;

    public InstanceLauncher(
            Function<Service, List<String>> command,
            Function<Service, Map<String, String>> environment,
            Path logs,
            Clock clock) {
        this.command = command;
        this.environment = environment;
        this.logs = logs;
        this.clock = clock;
    }

    Instance launch(Slot slot) throws IOException {
        String id = ids.next(slot);
        int port = FreePort.find();
        int managementPort = FreePort.find();
        Map<String, String> variables = new HashMap<>(environment.apply(slot.service()));
        variables.put("PORT", Integer.toString(port));
        variables.put("MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.put("INSTANCE_ID", id);
        OldLogs.prune(logs, slot);
        ChildProcess process = ChildProcess.start(command.apply(slot.service()), variables, logs.resolve(id + ".log"));
        return new Instance(id, slot, port, managementPort, process, clock);
    }
}

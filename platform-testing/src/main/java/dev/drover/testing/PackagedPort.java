package dev.drover.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import dev.drover.stores.process.FreePort;

/** A free management port for a packaged service, and what else its test names in arguments. */
public final class PackagedPort implements QuarkusTestResourceLifecycleManager {
    static final String MANAGEMENT_PORT = "MANAGEMENT_PORT";

    private final Map<String, String> variables = new HashMap<>();

    @Override
    public void init(Map<String, String> arguments) {
        variables.putAll(arguments);
    }

    @Override
    public Map<String, String> start() {
        variables.put(MANAGEMENT_PORT, Integer.toString(FreePort.find()));
        return variables;
    }

    @Override
    public void stop() {
        // The port is the process's, which ends before.
    }
}

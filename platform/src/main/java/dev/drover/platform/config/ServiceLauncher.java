package dev.drover.platform.config;

import java.util.List;
import java.util.Map;

import io.quarkus.runtime.Quarkus;

/** Starts a service, or says on stderr everything that keeps it from starting and exits with {@value #EX_CONFIG}. */
public final class ServiceLauncher {

    /** {@code EX_CONFIG} of sysexits.h: something was found in an unconfigured or misconfigured state. */
    public static final int EX_CONFIG = 78;

    private ServiceLauncher() {}

    public static void launch(EnvironmentContract contract, String... args) {
        Map<String, String> environment = System.getenv();
        List<Variable.Fault> faults = contract.faults(environment);
        if (!faults.isEmpty()) {
            faults.forEach(System.err::println);
            System.exit(EX_CONFIG);
        }
        if ("json".equals(environment.get("LOG_FORMAT"))) {
            System.setProperty("quarkus.log.console.json.enabled", "true");
        }
        if (!environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "").isBlank()) {
            System.setProperty("quarkus.otel.sdk.disabled", "false");
        }
        Quarkus.run(null, ServiceLauncher::exit, args);
    }

    private static void exit(int code, Throwable failure) {
        // What the framework found wrong after our own check: one line each, like ours.
        List<String> faults = failure == null ? List.of() : ConfigFaults.of(failure);
        faults.forEach(System.err::println);
        if (faults.isEmpty() && failure != null) {
            // The framework leaves the telling to whoever takes the exit code: a port in use, an address that is not
            // this machine's.
            System.err.println("The service cannot start: " + cause(failure));
        }
        System.exit(faults.isEmpty() ? code : EX_CONFIG);
    }

    /** The root and what met it: the root alone may not say which port, and those before repeat both. */
    private static String cause(Throwable failure) {
        Throwable met = failure;
        while (met.getCause() != null && met.getCause().getCause() != null) {
            met = met.getCause();
        }
        return met.getMessage() == null ? met.toString() : met.getMessage();
    }
}

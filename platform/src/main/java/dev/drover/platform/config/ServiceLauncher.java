package dev.drover.platform.config;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;

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
        boolean isConfiguration = isConfigurationFault(failure);
        if (isConfiguration) {
            // What the framework found wrong after our own check: one line each, like ours.
            configurationFaults(failure).forEach(System.err::println);
        } else if (failure != null) {
            // The framework leaves the telling to whoever takes the exit code: a port in use, an address that is not
            // this machine's.
            System.err.println("The service cannot start: " + cause(failure));
        }
        System.exit(isConfiguration ? EX_CONFIG : code);
    }

    private static List<String> configurationFaults(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException several) {
                return IntStream.range(0, several.getProblemCount())
                        .mapToObj(i -> several.getProblem(i).getMessage())
                        .toList();
            }
            if (cause instanceof ConfigurationException one) {
                return List.of(one.getMessage());
            }
        }
        return List.of();
    }

    /** The root and what met it: the root alone may not say which port, and those before repeat both. */
    private static String cause(Throwable failure) {
        Throwable met = failure;
        while (met.getCause() != null && met.getCause().getCause() != null) {
            met = met.getCause();
        }
        return met.getMessage() == null ? met.toString() : met.getMessage();
    }

    private static boolean isConfigurationFault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException || cause instanceof ConfigValidationException) {
                return true;
            }
        }
        return false;
    }
}

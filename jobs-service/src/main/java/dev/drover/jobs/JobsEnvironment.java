package dev.drover.jobs;

import dev.drover.jobs.webhook.WebhookVariables;
import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.Variable;

/** What jobs-service reads from its environment. */
final class JobsEnvironment {

    private JobsEnvironment() {}

    static EnvironmentContract contract() {
        return EnvironmentContract.forEveryService()
                .withTokenVerification()
                .withObjectStore()
                .with(Variable.oneOf("JOBS_ROLE", "api", "worker", "all").optional())
                .with(Variable.oneOf("JOBS_DEMO", "true", "false").optional())
                .with(smtp())
                .with(Variable.httpUrl("SCAN_URL").optional())
                .with(WebhookVariables.secrets(), WebhookVariables.allowedNetworks());
    }

    private static Variable[] smtp() {
        return new Variable[] {
            Variable.matching("SMTP_HOST", "a host name or address", "[A-Za-z0-9.:-]{1,253}")
                    .optional(),
            Variable.port("SMTP_PORT").optional(),
            Variable.matching(
                            "SMTP_FROM",
                            "an address, or Name <address>",
                            "(?:[^<>\\p{Cntrl}]*<)?[^<>@\\s]+@[A-Za-z0-9.-]+>?")
                    .optional(),
            Variable.text("SMTP_USERNAME", "a user name, as SMTP_PASSWORD is set")
                    .requiredWith("SMTP_PASSWORD"),
            Variable.text("SMTP_PASSWORD", "a password, as SMTP_USERNAME is set")
                    .requiredWith("SMTP_USERNAME"),
            // Whoever sends a password says whether it may go without encryption.
            Variable.oneOf("SMTP_START_TLS", "REQUIRED", "OPTIONAL", "DISABLED").requiredWith("SMTP_USERNAME"),
            Variable.oneOf("SMTP_TLS", "true", "false").optional()
        };
    }
}

package dev.drover.jobs.webhook;

import dev.drover.platform.config.Variable;

/** What {@code http.call} reads from the environment, checked as it will be read. */
public final class WebhookVariables {

    private WebhookVariables() {}

    public static Variable secrets() {
        return Variable.checked("WEBHOOK_SECRETS", Signatures.EXPECTATION, Signatures::isValid)
                .optional();
    }

    public static Variable allowedNetworks() {
        return Variable.checked("WEBHOOK_ALLOWED_NETWORKS", PublicAddresses.EXPECTATION, PublicAddresses::isValid)
                .optional();
    }
}

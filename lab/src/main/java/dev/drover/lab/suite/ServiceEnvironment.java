package dev.drover.lab.suite;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.drover.lab.fleet.Service;
import dev.drover.lab.operator.OperatorAccount;

/**
 * The environment contract as the lab fills it: the same for every instance of a service.
 *
 * @param given the environment of the lab itself, which passes on by inheritance
 */
record ServiceEnvironment(
        URI publicUrl, Path keys, Map<String, String> stores, Map<String, String> mails, Map<String, String> given) {
    /** Somebody who publishes as fast as the suite answers is a load test, and welcome here. */
    private static final Map<String, String> QUOTAS = Map.of(
            "RATE_LIMIT_LOGIN", "1200/PT1M",
            "RATE_LIMIT_LOGIN_ACCOUNT", "600/PT1M",
            "RATE_LIMIT_SIGNUP", "1200/PT1M",
            "RATE_LIMIT_SIGNUP_NETWORK", "1200/PT1M",
            "RATE_LIMIT_MAIL", "1200/PT1M",
            "RATE_LIMIT_READ", "60000/PT1M",
            "RATE_LIMIT_WRITE", "12000/PT1M",
            "RATE_LIMIT_ENQUEUE", "60000/PT1M",
            "RATE_LIMIT_PUBLISH", "60000/PT1M");

    Map<String, String> of(Service service) {
        Map<String, String> variables = new HashMap<>(stores);
        variables.put("BIND_HOST", "127.0.0.1");
        variables.put("PUBLIC_BASE_URL", publicUrl.toString());
        variables.put("JWT_ISSUER", publicUrl.toString());
        variables.put("JWKS_URL", "http://127.0.0.1:" + publicUrl.getPort() + "/auth/.well-known/jwks.json");
        // The gateway says who the client is. All of them are this machine, so their common quotas are for many.
        variables.put("TRUSTED_PROXIES", "127.0.0.1, ::1");
        QUOTAS.forEach((name, quota) -> {
            if (!given.containsKey(name)) {
                variables.put(name, quota);
            }
        });
        variables.put("JOBS_ROLE", "all");
        variables.put("JOBS_DEMO", "true");
        if (service == Service.JOBS && !given.containsKey("SMTP_HOST")) {
            variables.putAll(mails);
        }
        if (service == Service.AUTH) {
            if (!given.containsKey("BOOTSTRAP_ADMIN_EMAIL")) {
                variables.put("BOOTSTRAP_ADMIN_EMAIL", OperatorAccount.EMAIL);
            }
            variables.put("JWT_KEYS", keys.toAbsolutePath().toString());
        }
        return variables;
    }
}

package dev.drover.lab.suite;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.drover.lab.fleet.Service;

/** The environment contract as the lab fills it: the same for every instance of a service. */
record ServiceEnvironment(URI publicUrl, Path keys, Map<String, String> stores) {
    Map<String, String> of(Service service) {
        Map<String, String> variables = new HashMap<>(stores);
        variables.put("BIND_HOST", "127.0.0.1");
        variables.put("PUBLIC_BASE_URL", publicUrl.toString());
        variables.put("JWT_ISSUER", publicUrl.toString());
        variables.put("JWKS_URL", "http://127.0.0.1:" + publicUrl.getPort() + "/auth/.well-known/jwks.json");
        variables.put("LOG_FORMAT", "text");
        variables.put("JOBS_ROLE", "all");
        if (service == Service.AUTH) {
            variables.put("JWT_KEYS", keys.toAbsolutePath().toString());
        }
        return variables;
    }
}

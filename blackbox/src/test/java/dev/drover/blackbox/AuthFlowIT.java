package dev.drover.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What docs/api/auth.md tells its reader to type works: also that the first admin is whom the environment names, and nobody before. */
class AuthFlowIT {

    private static final String FIRST_ADMIN = "first.admin@example.org";

    @Test
    void theFlowInTheDocumentationWorks() throws IOException, InterruptedException {
        // A suite of its own: the first admin of the shared one has signed up already.
        try (Suite suite = Suite.start(1, Map.of("BOOTSTRAP_ADMIN_EMAIL", FIRST_ADMIN))) {
            DocumentedFlow.of("docs/api/auth.md")
                    .run(Map.of("b", suite.gateway().toString(), "admin", FIRST_ADMIN), Duration.ofSeconds(150));
        }
    }
}

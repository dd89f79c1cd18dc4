package dev.drover.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What docs/api/auth.md tells its reader to type works: also that the first admin is whom the environment names, and nobody before. */
class AuthFlowIT {

    @Test
    void theFlowInTheDocumentationWorks() throws IOException, InterruptedException {
        String gateway = Suite.shared().gateway().toString();
        DocumentedFlow.of("docs/api/auth.md")
                .run(Map.of("b", gateway, "admin", Suite.FIRST_ADMIN), Duration.ofSeconds(150));
    }
}

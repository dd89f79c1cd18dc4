package dev.drover.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What docs/api/jobs.md tells its reader to type works. */
class JobsFlowIT {

    @Test
    void theFlowInTheDocumentationWorks() throws IOException, InterruptedException {
        Suite suite = Suite.shared();
        Map<String, String> given = Map.of(
                "b", suite.gateway().toString(),
                "token", Person.signUp(suite.anyone()).token(),
                "admin", Person.admin(suite.anyone()).token());
        DocumentedFlow.of("docs/api/jobs.md").run(given, Duration.ofSeconds(90));
    }
}

package dev.drover.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What docs/api/media.md tells its reader to type works. */
class MediaFlowIT {

    @Test
    void theFlowInTheDocumentationWorks() throws IOException, InterruptedException {
        Suite suite = Suite.shared();
        Person person = Person.signUp(suite.anyone());
        DocumentedFlow.of("docs/api/media.md")
                .run(Map.of("b", suite.gateway().toString(), "token", person.token()), Duration.ofSeconds(90));
    }
}

package dev.drover.blackbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What docs/api/profile.md and docs/api/flags.md tell their reader to type works. */
class ProfileFlowIT {

    private final Suite suite = Suite.shared();

    @Test
    void theFlowOfProfilesInTheDocumentationWorks() throws IOException, InterruptedException {
        String token = Person.signUp(suite.anyone()).token();
        DocumentedFlow.of("docs/api/profile.md")
                .run(Map.of("b", suite.gateway().toString(), "token", token), Duration.ofSeconds(90));
    }

    @Test
    void theFlowOfFlagsInTheDocumentationWorks() throws IOException, InterruptedException {
        String admin = FlagsIT.admin(suite).token();
        DocumentedFlow.of("docs/api/flags.md")
                .run(Map.of("b", suite.gateway().toString(), "admin", admin), Duration.ofSeconds(90));
    }
}

package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that cannot run says why, all of it, and does not run. */
class ConfigurationIT {

    @TempDir
    Path folder;

    @Test
    void allFaultsAreOnStderrOnePerLineAndTheExitCodeIs78() throws Exception {
        Map<String, String> environment = Map.of(
                "REDIS_URL", "localhost:6379",
                "JWT_ISSUER", "http://localhost:8080",
                "PUBLIC_BASE_URL", "http://localhost:8080",
                "JWKS_URL", "http://localhost:8080/auth/.well-known/jwks.json",
                "S3_REGION", "us-east-1");

        Ended media = run("media", environment);

        assertThat(media.exitCode()).isEqualTo(78);
        assertThat(media.errors()).hasSize(2);
        assertThat(media.errors().get(0)).startsWith("REDIS_URL is malformed; expected redis://");
        assertThat(media.errors().get(1)).startsWith("S3_BUCKET is not set; expected a bucket name");
    }

    @Test
    void everyServiceRefusesAnEmptyEnvironmentByName() throws Exception {
        for (String service : List.of("auth", "profile", "media", "jobs", "realtime")) {
            Ended ended = run(service, Map.of());

            assertThat(ended.exitCode()).as(service).isEqualTo(78);
            assertThat(ended.errors()).as(service).anyMatch(line -> line.startsWith("REDIS_URL is not set"));
            assertThat(ended.errors()).as(service).anyMatch(line -> line.startsWith("JWT_ISSUER is not set"));
        }
    }

    /** Several at once: whether a process that has begun to work ends depends on what it is about to do. */
    @Test
    void aServiceWhosePortIsInUseSaysSoAndEnds() throws Exception {
        Suite suite = Suite.shared();
        String used = Integer.toString(suite.gateway().getPort());
        try (Instances late = new Instances(suite, folder)) {
            for (int i = 0; i < 4; i++) {
                late.launch(Map.of("PORT", used));
            }
            for (int i = 0; i < 4; i++) {
                Instances.Ended ended = late.awaitEnded(i);
                assertThat(ended.exitCode()).isEqualTo(1);
                assertThat(ended.log()).contains("The service cannot start: ").contains(used);
            }
        }
    }

    private Ended run(String service, Map<String, String> environment) throws IOException, InterruptedException {
        Path errors = folder.resolve(service + ".err");
        ProcessBuilder builder = new ProcessBuilder(
                        LabProcess.java(),
                        "-Xmx64m",
                        "-jar",
                        LabProcess.home()
                                .resolve(service + "-service/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(REDIS|S3|AWS|JWT|JWKS|PUBLIC)_.*"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", service).isTrue();
        return new Ended(process.exitValue(), Files.readAllLines(errors, StandardCharsets.UTF_8));
    }

    private record Ended(int exitCode, List<String> errors) {}
}

package dev.drover.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.drover.platform.config.Variable;

class JobsEnvironmentTest {

    private static final Map<String, String> LEAST = Map.of(
            "REDIS_URL", "redis://redis:6379",
            "JWT_ISSUER", "https://example.org",
            "PUBLIC_BASE_URL", "https://example.org",
            "JWKS_URL", "https://example.org/auth/.well-known/jwks.json",
            "S3_REGION", "eu-central-1",
            "S3_BUCKET", "drover");

    @Test
    void withoutMailAndWebhooksNothingMoreIsAsked() {
        assertThat(JobsEnvironment.contract().faults(LEAST)).isEmpty();
    }

    @Test
    void aUserOfAMailServerNeedsAPasswordAndAWordOnEncryption() {
        assertThat(faults(Map.of("SMTP_HOST", "smtp.example.org"))).isEmpty();
        assertThat(faults(Map.of("SMTP_HOST", "smtp.example.org", "SMTP_USERNAME", "drover")))
                .containsExactly("SMTP_PASSWORD", "SMTP_START_TLS");
        assertThat(faults(Map.of("SMTP_FROM", "Drover <noreply@example.org>"))).isEmpty();
        assertThat(faults(Map.of("SMTP_FROM", "nobody"))).containsExactly("SMTP_FROM");
    }

    @Test
    void secretsAreNamedAndLongEnough() {
        assertThat(faults(Map.of("WEBHOOK_SECRETS", "crm=short"))).containsExactly("WEBHOOK_SECRETS");
        assertThat(faults(Map.of("WEBHOOK_SECRETS", "crm=" + "x".repeat(24) + ", erp=whsec_" + "A".repeat(32))))
                .isEmpty();
        assertThat(faults(Map.of("WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/8, nowhere")))
                .containsExactly("WEBHOOK_ALLOWED_NETWORKS");
    }

    private static List<String> faults(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.putAll(more);
        return JobsEnvironment.contract().faults(environment).stream()
                .map(Variable.Fault::name)
                .toList();
    }
}

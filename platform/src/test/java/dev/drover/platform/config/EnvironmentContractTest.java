package dev.drover.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentContractTest {

    private static final EnvironmentContract CONTRACT =
            EnvironmentContract.forEveryService().withTokenVerification().withObjectStore();

    @Test
    void aCompleteEnvironmentHasNoFault() {
        assertThat(CONTRACT.faults(complete())).isEmpty();
    }

    @Test
    void allFaultsAreListedAtOnceInTheOrderOfTheContract() {
        Map<String, String> environment = complete();
        environment.remove("S3_BUCKET");
        environment.put("REDIS_URL", "localhost:6379");

        assertThat(CONTRACT.faults(environment))
                .extracting(Variable.Fault::toString)
                .containsExactly(
                        "REDIS_URL is malformed; expected redis://[user:password@]host:port[/database] or rediss://..., several "
                                + "separated by commas for a cluster or sentinels",
                        "S3_BUCKET is not set; expected a bucket name (3 to 63 of a-z 0-9 . -)");
    }

    @Test
    void aBlankValueCountsAsNotSet() {
        Map<String, String> environment = complete();
        environment.put("JWT_ISSUER", "  ");

        assertThat(CONTRACT.faults(environment)).singleElement().satisfies(fault -> {
            assertThat(fault.name()).isEqualTo("JWT_ISSUER");
            assertThat(fault.problem()).isEqualTo("is not set");
        });
    }

    @Test
    void aFaultNeverRepeatsTheValue() {
        Map<String, String> environment = complete();
        environment.put("REDIS_URL", "redis//:hunter2@store");

        assertThat(CONTRACT.faults(environment).toString()).doesNotContain("hunter2");
    }

    @Test
    void everythingThatIsRequiredIsMissedInAnEmptyEnvironment() {
        assertThat(CONTRACT.faults(Map.of()))
                .extracting(Variable.Fault::name)
                .containsExactly("REDIS_URL", "JWT_ISSUER", "PUBLIC_BASE_URL", "JWKS_URL", "S3_REGION", "S3_BUCKET");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 65536",
        "PORT, eighty",
        "PORT, -1",
        "REDIS_MODE, clustered",
        "RATE_LIMIT_LOGIN, 10 per minute",
        "RATE_LIMIT_READ, 10/PT1M burst 20",
        "TRUSTED_PROXIES, gateway.example",
        "REDIS_TIMEOUT, 800ms",
        "REDIS_TIMEOUT, PT-1S",
        "REDIS_TIMEOUT, PT0.009S",
        "REDIS_TIMEOUT, PT1M0.001S",
        "REDIS_URL, 'redis://a:1,http://b:2'",
        "REDIS_URL, 'redis://a:1,'",
        "PUBLIC_BASE_URL, localhost",
        "JWKS_URL, 'ftp://a/b'",
        "LOG_FORMAT, xml",
        "INSTANCE_ID, 'a b'",
        "S3_BUCKET, Ab",
        "HTTP_BODY_MAX, 0",
        "S3_ENDPOINT, not-a-url"
    })
    void aValueOfTheWrongFormIsAFault(String name, String value) {
        Map<String, String> environment = complete();
        environment.put(name, value);

        assertThat(CONTRACT.faults(environment))
                .extracting(Variable.Fault::name)
                .containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_URL, 'redis://:pass@a:1,rediss://b:2'",
        "REDIS_URL, redis://host",
        "PORT, 0",
        "S3_ENDPOINT, ''",
        "REDIS_MODE, sentinel",
        "REDIS_TIMEOUT, PT0.01S",
        "REDIS_TIMEOUT, PT1M",
        "INSTANCE_ID, auth-1-x7f",
        "HTTP_BODY_MAX, 64K"
    })
    void theseAreFine(String name, String value) {
        Map<String, String> environment = complete();
        environment.put(name, value);

        assertThat(CONTRACT.faults(environment)).isEmpty();
    }

    @Test
    void credentialsAreGivenTogetherOrNotAtAll() {
        Map<String, String> environment = complete();
        environment.put("AWS_ACCESS_KEY_ID", "AKIA");
        assertThat(CONTRACT.faults(environment))
                .extracting(Variable.Fault::name)
                .containsExactly("AWS_SECRET_ACCESS_KEY");

        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        assertThat(CONTRACT.faults(environment)).isEmpty();
    }

    private static Map<String, String> complete() {
        return new HashMap<>(Map.of(
                "REDIS_URL", "redis://127.0.0.1:6379",
                "JWT_ISSUER", "http://localhost:8080",
                "PUBLIC_BASE_URL", "http://localhost:8080",
                "JWKS_URL", "http://localhost:8080/auth/.well-known/jwks.json",
                "S3_REGION", "us-east-1",
                "S3_BUCKET", "drover"));
    }
}

package dev.drover.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.drover.platform.channels.RetentionRules;
import dev.drover.platform.http.TrustedProxies;
import dev.drover.platform.ratelimit.Quota;

/**
 * Everything a service reads from its environment. It is checked as a whole before the service opens a port, so that an operator learns
 * of every fault at once and not one restart at a time.
 */
public final class EnvironmentContract {

    private final List<Variable> variables;

    private EnvironmentContract(List<Variable> variables) {
        this.variables = List.copyOf(variables);
    }

    /** What every service needs: Redis, the issuer of the tokens it trusts, and the address its clients use. */
    public static EnvironmentContract forEveryService() {
        return new EnvironmentContract(List.of(
                Variable.matching("BIND_HOST", "an address to listen on", "[A-Za-z0-9.:-]+")
                        .optional(),
                Variable.port("PORT").optional(),
                Variable.port("MANAGEMENT_PORT").optional(),
                Variable.redisUrl("REDIS_URL"),
                Variable.oneOf("REDIS_MODE", "standalone", "cluster", "sentinel")
                        .optional(),
                Variable.matching("REDIS_MASTER_NAME", "1 to 63 of A-Z a-z 0-9 . _ -", "[A-Za-z0-9._-]{1,63}")
                        .optional(),
                Variable.duration("REDIS_TIMEOUT", "PT0.01S", "PT1M").optional(),
                Variable.integer("REDIS_POOL_SIZE", 1, 1_000).optional(),
                Variable.integer("REDIS_POOL_WAITING", 1, 100_000).optional(),
                Variable.integer("REDIS_PIPELINE", 1, 64).optional(),
                Variable.integer("REDIS_RETRIES", 0, 5).optional(),
                Variable.integer("BREAKER_CALLS", 2, 1_000).optional(),
                Variable.integer("BREAKER_FAILURE_PERCENT", 1, 100).optional(),
                Variable.duration("BREAKER_DELAY", "PT0.05S", "PT1M").optional(),
                Variable.text("JWT_ISSUER", "the issuer (iss) of access tokens, for example the public base URL"),
                Variable.httpUrl("PUBLIC_BASE_URL"),
                Variable.oneOf("LOG_FORMAT", "json", "text").optional(),
                Variable.oneOf("LOG_LEVEL", "ERROR", "WARN", "INFO", "DEBUG").optional(),
                Variable.httpUrl("OTEL_EXPORTER_OTLP_ENDPOINT").optional(),
                Variable.oneOf("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "grpc")
                        .optional(),
                Variable.text("OTEL_EXPORTER_OTLP_HEADERS", "name=value pairs separated by commas")
                        .optional(),
                Variable.oneOf(
                                "OTEL_TRACES_SAMPLER",
                                "always_on",
                                "always_off",
                                "traceidratio",
                                "parentbased_always_on",
                                "parentbased_always_off",
                                "parentbased_traceidratio")
                        .optional(),
                Variable.matching("OTEL_TRACES_SAMPLER_ARG", "a ratio from 0 to 1", "0(\\.\\d{1,9})?|1(\\.0{1,9})?")
                        .optional(),
                Variable.matching("INSTANCE_ID", "1 to 63 of A-Z a-z 0-9 . _ -", "[A-Za-z0-9._-]{1,63}")
                        .optional(),
                Variable.matching("HTTP_BODY_MAX", "a size such as 64K", "[1-9][0-9]{0,6}[KM]?")
                        .optional(),
                Variable.duration("IDEMPOTENCY_RETENTION", "PT1S", "P30D").optional(),
                Variable.integer("JOBS_QUEUE_MAX", 1, 100_000_000).optional(),
                Variable.integer("JOBS_MEMORY_PERCENT_MAX", 1, 100).optional(),
                Variable.integer("CHANNEL_HISTORY_MAX", 1, 100_000).optional(),
                Variable.duration("CHANNEL_HISTORY_AGE", "PT1S", "P30D").optional(),
                Variable.matching("CHANNEL_HISTORY_BYTES", "a size such as 4M", "[1-9][0-9]{0,6}[KM]?")
                        .optional(),
                Variable.checked("CHANNEL_RETENTION", RetentionRules.EXPECTATION, RetentionRules::isValid)
                        .optional(),
                Variable.checked("TRUSTED_PROXIES", TrustedProxies.EXPECTATION, TrustedProxies::isValid)
                        .optional(),
                rateLimit("RATE_LIMIT_LOGIN"),
                rateLimit("RATE_LIMIT_LOGIN_ACCOUNT"),
                rateLimit("RATE_LIMIT_SIGNUP"),
                rateLimit("RATE_LIMIT_SIGNUP_NETWORK"),
                rateLimit("RATE_LIMIT_MAIL"),
                rateLimit("RATE_LIMIT_READ"),
                rateLimit("RATE_LIMIT_WRITE"),
                rateLimit("RATE_LIMIT_UPLOAD"),
                rateLimit("RATE_LIMIT_PUBLISH"),
                rateLimit("RATE_LIMIT_ENQUEUE"),
                rateLimit("RATE_LIMIT_EVALUATE"),
                rateLimit("RATE_LIMIT_WORK"),
                Variable.duration("FLAGS_STALE_AFTER", "PT0.1S", "PT24H").optional(),
                Variable.duration("DRAIN_DELAY").optional(),
                Variable.duration("DRAIN_TIMEOUT").optional()));
    }

    private static Variable rateLimit(String name) {
        return Variable.checked(name, Quota.EXPECTATION, Quota::isValid).optional();
    }

    /** For services that verify tokens by the keys auth-service publishes. */
    public EnvironmentContract withTokenVerification() {
        return with(Variable.httpUrl("JWKS_URL"));
    }

    /** For services that use the object store. Credentials may be left out together where the platform gives an identity of its own. */
    public EnvironmentContract withObjectStore() {
        return with(
                Variable.httpUrl("S3_ENDPOINT").optional(),
                Variable.httpUrl("S3_PUBLIC_ENDPOINT").optional(),
                Variable.matching("S3_REGION", "a region name such as eu-central-1", "[a-z0-9-]+"),
                Variable.matching(
                        "S3_BUCKET", "a bucket name (3 to 63 of a-z 0-9 . -)", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                Variable.text("AWS_ACCESS_KEY_ID", "an access key id, as AWS_SECRET_ACCESS_KEY is set")
                        .requiredWith("AWS_SECRET_ACCESS_KEY"),
                Variable.text("AWS_SECRET_ACCESS_KEY", "a secret access key, as AWS_ACCESS_KEY_ID is set")
                        .requiredWith("AWS_ACCESS_KEY_ID"),
                Variable.text("AWS_SESSION_TOKEN", "the token of temporary credentials")
                        .optional());
    }

    public EnvironmentContract with(Variable... more) {
        List<Variable> all = new ArrayList<>(variables);
        all.addAll(List.of(more));
        return new EnvironmentContract(all);
    }

    public List<Variable> variables() {
        return variables;
    }

    /** All faults, in the order of the contract; empty when the service may start. */
    public List<Variable.Fault> faults(Map<String, String> environment) {
        return variables.stream()
                .map(variable -> variable.check(environment))
                .flatMap(Optional::stream)
                .toList();
    }
}

package dev.drover.testing;

import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real Redis for the component tests of a module, and what else every service asks of its environment. */
public final class RedisFixture implements QuarkusTestResourceLifecycleManager {

    /** An argument: how many replicas each primary of a cluster has, none by default. */
    public static final String REPLICAS = "replicas";

    private int replicas;
    private TestedRedis redis;
    private JwksServer jwks;

    @Override
    public void init(Map<String, String> arguments) {
        replicas = Integer.parseInt(arguments.getOrDefault(REPLICAS, "0"));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> environment = new HashMap<>();
        redis = TestedRedis.start(replicas);
        environment.putAll(redis.environment());
        environment.put("JWT_ISSUER", "http://localhost:8080");
        environment.put("PUBLIC_BASE_URL", "http://localhost:8080");
        environment.put("INSTANCE_ID", "test-instance");
        environment.put("BIND_HOST", "127.0.0.1");
        // A busy build machine is no store that is down.
        environment.put("REDIS_TIMEOUT", "PT5S");
        // The tests of a module are one address and in a hurry; the limits themselves are tested with other numbers.
        for (String routeClass :
                List.of("LOGIN", "SIGNUP", "SIGNUP_NETWORK", "MAIL", "WRITE", "UPLOAD", "PUBLISH", "ENQUEUE", "WORK")) {
            environment.put("RATE_LIMIT_" + routeClass, "1000000/PT1M");
        }
        environment.put("RATE_LIMIT_LOGIN_ACCOUNT", "1000/PT1M");
        // A unit grows back in 4 seconds, so that a test sees what another one takes.
        environment.put("RATE_LIMIT_READ", "20000/PT24H");
        environment.put("TRUSTED_PROXIES", "127.0.0.1, ::1");
        environment.put("drover.rate-limit.open-timeout", "PT5S");
        // Tests that let a run die wait for its lease; that it is 5 s elsewhere is tested with whole suites.
        environment.put("drover.idempotency.lease", "PT2S");
        // Tests do not wait for clients that will not come.
        environment.put("quarkus.shutdown.delay", "0s");

        KeyPair keys = TestKeys.generate();
        jwks = new JwksServer(TestKeys.keySet(keys));
        environment.put("JWKS_URL", jwks.url());
        environment.put(TestIdentity.SIGNING_KEY, TestKeys.encode(keys.getPrivate()));
        environment.put(TestIdentity.KEY_ID, TestKeys.KEY_ID);
        return environment;
    }

    @Override
    public void stop() {
        if (jwks != null) {
            jwks.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}

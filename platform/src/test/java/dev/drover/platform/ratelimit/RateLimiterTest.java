package dev.drover.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.redis.StoreUnavailableException;

class RateLimiterTest {

    private static final Subject ADA = Subject.account("usr_ada");

    private final FakeQuotas quotas = new FakeQuotas();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeConfig config = new FakeConfig();
    private final Policies policies = new Policies(config);
    private final RateLimiter limiter = new RateLimiter(policies, quotas, meters);
    private final RequestLimits requests = new RequestLimits(policies, limiter, null, null);
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final RateLimitFields fields = new RateLimitFields(headers);

    @Test
    void whoHasUnitsLeftGoesOnAndIsToldHowMany() {
        config.set(RouteClass.READ, "3/PT1M");

        charge(RouteClass.READ);

        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"read\";q=3;w=60");
        assertThat(headers.get("RateLimit")).isEqualTo("\"read\";r=2;t=20");
        assertThat(counted("read", "allowed")).isOne();
    }

    @Test
    void whoHasNoneIsRefusedWithTheTimeToWaitAndThePolicyViolated() {
        config.set(RouteClass.READ, "1/PT1M");
        charge(RouteClass.READ);

        assertThatThrownBy(() -> charge(RouteClass.READ))
                .asInstanceOf(type(ServiceException.class))
                .satisfies(refused -> {
                    assertThat(refused.error()).isEqualTo(PlatformError.RATE_LIMITED);
                    assertThat(refused.retryAfter()).contains(Duration.ofMinutes(1));
                    assertThat(refused.members()).containsEntry("violated-policies", List.of("read"));
                });
        assertThat(headers.get("RateLimit")).isEqualTo("\"read\";r=0;t=60");
        assertThat(counted("read", "limited")).isOne();
    }

    @Test
    void inShadowNobodyIsRefusedAndNothingIsShown() {
        config.set(RouteClass.READ, "shadow 1/PT1M");

        charge(RouteClass.READ);
        charge(RouteClass.READ);

        assertThat(headers.isEmpty()).isTrue();
        assertThat(counted("read", "allowed")).isOne();
        assertThat(counted("read", "shadow_limited")).isOne();
    }

    @Test
    void withoutRedisAnOpenPolicyLetsGoOnAndShowsNoNumbers() {
        config.set(RouteClass.READ, "1/PT1M");
        quotas.isDown = true;

        charge(RouteClass.READ);

        assertThat(headers.get("RateLimit-Policy")).isEqualTo("\"read\";q=1;w=60");
        assertThat(headers.contains("RateLimit")).isFalse();
        assertThat(counted("read", "failed_open")).isOne();
    }

    @Test
    void withoutRedisAClosedPolicyRefuses() {
        config.set(RouteClass.LOGIN, "1/PT1M");
        quotas.isDown = true;

        assertRefused(RouteClass.LOGIN, PlatformError.STORE_UNAVAILABLE);
        assertThat(counted("login", "failed_closed")).isOne();
    }

    @Test
    void whatAClassDoesWithoutRedisCanBeConfigured() {
        config.set(RouteClass.LOGIN, "1/PT1M open");
        config.set(RouteClass.READ, "1/PT1M closed");
        quotas.isDown = true;

        charge(RouteClass.LOGIN);
        assertRefused(RouteClass.READ, PlatformError.STORE_UNAVAILABLE);
    }

    @Test
    void aClosedPolicyInShadowRefusesNobodyEither() {
        config.set(RouteClass.LOGIN, "shadow 1/PT1M");
        quotas.isDown = true;

        charge(RouteClass.LOGIN);
    }

    @Test
    void aLimitThatIsOffAsksNobody() {
        config.set(RouteClass.READ, "off");
        quotas.isDown = true;

        assertThat(policies.of(RouteClass.READ)).isEmpty();
        limiter.charge(RouteClass.READ, ADA);
    }

    @Test
    void whenALaterLimitRefusesTheEarlierTakesItsUnitBack() {
        config.set(RouteClass.LOGIN, "2/PT1M");
        config.set(RouteClass.LOGIN_ACCOUNT, "1/PT1H");
        charge(RouteClass.LOGIN_ACCOUNT);

        charge(RouteClass.LOGIN);
        assertRefused(RouteClass.LOGIN_ACCOUNT, PlatformError.RATE_LIMITED);

        assertThat(quotas.givenBack).contains("login");
        assertThat(headers.get("RateLimit-Policy")).contains("\"login\";q=2;w=60", "\"login-account\";q=1;w=3600");
        assertThat(headers.get("RateLimit")).isEqualTo("\"login-account\";r=0;t=3600");
    }

    @Test
    void ofSeveralPoliciesTheOneThatLeavesLeastIsShown() {
        config.set(RouteClass.LOGIN, "2/PT1M");
        config.set(RouteClass.LOGIN_ACCOUNT, "10/PT1H");

        charge(RouteClass.LOGIN);
        charge(RouteClass.LOGIN_ACCOUNT);

        assertThat(headers.get("RateLimit")).isEqualTo("\"login\";r=1;t=30");
    }

    private void charge(RouteClass routeClass) {
        Policy policy = policies.of(routeClass).orElseThrow();
        fields.declare(List.of(policy));
        requests.charge(policy, ADA, fields).await().atMost(Duration.ofSeconds(10));
    }

    private void assertRefused(RouteClass routeClass, ErrorCode code) {
        assertThatThrownBy(() -> charge(routeClass))
                .asInstanceOf(type(ServiceException.class))
                .returns(code, ServiceException::error);
    }

    private double counted(String policy, String outcome) {
        Counter counter = meters.find("drover.rate_limit.decisions")
                .tags("policy", policy, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** Time stands still: what is taken does not grow back. */
    private static final class FakeQuotas implements Quotas {

        private final Map<String, Integer> taken = new HashMap<>();
        private final List<String> givenBack = new ArrayList<>();
        private boolean isDown;

        @Override
        public Uni<Standing> take(Policy policy, Subject subject) {
            return change(policy, 1);
        }

        @Override
        public Uni<Standing> giveBack(Policy policy, Subject subject) {
            givenBack.add(policy.name());
            return change(policy, -1);
        }

        private Uni<Standing> change(Policy policy, int units) {
            if (isDown) {
                return Uni.createFrom().failure(new StoreUnavailableException("Redis", null));
            }
            int burst = policy.quota().burst();
            Duration unit = policy.quota().window().dividedBy(policy.quota().units());
            int before = taken.getOrDefault(policy.name(), 0);
            boolean allowed = before + units <= burst;
            int after = allowed ? before + units : before;
            taken.put(policy.name(), after);
            return Uni.createFrom()
                    .item(new Standing(
                            allowed, burst - after, unit.multipliedBy(after), allowed ? Duration.ZERO : unit));
        }
    }

    private static final class FakeConfig implements RateLimitConfig {

        private final Map<RouteClass, Quota> quotas = new HashMap<>();

        void set(RouteClass routeClass, String quota) {
            quotas.put(routeClass, Quota.parse(quota));
        }

        @Override
        public Quota login() {
            return quotas.get(RouteClass.LOGIN);
        }

        @Override
        public Quota loginAccount() {
            return quotas.get(RouteClass.LOGIN_ACCOUNT);
        }

        @Override
        public Quota signup() {
            return quotas.get(RouteClass.SIGNUP);
        }

        @Override
        public Quota signupNetwork() {
            return quotas.get(RouteClass.SIGNUP);
        }

        @Override
        public Quota mail() {
            return quotas.get(RouteClass.SIGNUP);
        }

        @Override
        public Quota read() {
            return quotas.get(RouteClass.READ);
        }

        @Override
        public Quota write() {
            return quotas.get(RouteClass.WRITE);
        }

        @Override
        public Quota upload() {
            return quotas.get(RouteClass.UPLOAD);
        }

        @Override
        public Quota publish() {
            return quotas.get(RouteClass.PUBLISH);
        }

        @Override
        public Quota enqueue() {
            return quotas.get(RouteClass.ENQUEUE);
        }

        @Override
        public Quota evaluate() {
            return quotas.get(RouteClass.EVALUATE);
        }

        @Override
        public Quota work() {
            return quotas.get(RouteClass.WORK);
        }

        @Override
        public Duration openTimeout() {
            return Duration.ofMillis(50);
        }
    }
}

package dev.drover.profile.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.cache.CacheConfig;
import dev.drover.platform.cache.SharedCache;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SharedCacheTest {

    @Inject
    SharedCache cache;

    @Inject
    CacheConfig config;

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    @Inject
    MeterRegistry meters;

    private final SharedCache.Kind kind = new SharedCache.Kind("test", Duration.ofMinutes(10), Duration.ofMinutes(1));
    private final String key = "drover:{test:" + UUID.randomUUID() + "}:cached";
    private final AtomicInteger computed = new AtomicInteger();

    @Test
    void aValueIsComputedOnceAndLivesForItsTimeLessTheJitter() {
        assertThat(get("a")).contains("a");
        assertThat(get("b")).contains("a");
        assertThat(computed).hasValue(1);
        assertThat(redis.send(Command.PTTL, key).toLong()).isBetween(480_000L, 600_000L);
        redis.send(Command.DEL, key);
        assertThat(get("b")).contains("b");
    }

    @Test
    void whatIsNotThereIsRememberedForAShorterTime() {
        assertThat(get(null)).isEmpty();
        assertThat(get("a")).isEmpty();
        assertThat(redis.send(Command.PTTL, key).toLong()).isBetween(40_000L, 60_000L);
    }

    @Test
    void ofAKindThatDoesNotRememberNothingEachIsComputed() {
        SharedCache.Kind forgetful = new SharedCache.Kind("test", Duration.ofMinutes(10), Duration.ZERO);
        assertThat(cache.get(forgetful, key, () -> value(null))).isEmpty();
        assertThat(redis.send(Command.EXISTS, key).toInteger()).isZero();
        assertThat(cache.get(forgetful, key, () -> value("a"))).contains("a");
    }

    /** Attacks E-17, over two caches that know nothing of each other, as on two instances. */
    @Test
    void ofManyWhoMissOneComputesAndTheOthersGetWhatItComputed() throws Exception {
        CacheConfig patient = new SmallRyeConfigBuilder()
                .withMapping(CacheConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("drover.cache.lease", "PT30S"), "test", 100))
                .build()
                .getConfigMapping(CacheConfig.class);
        List<SharedCache> instances =
                List.of(new SharedCache(redis, patient, ids, meters), new SharedCache(redis, patient, ids, meters));
        double prevented = count("stampede_prevented");
        int callers = 12;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                SharedCache instance = instances.get(i % 2);
                all.add(threads.submit(() -> instance.get(kind, key, () -> {
                    // Until another one has missed too, so that there is something to prevent.
                    Eventually.within(Duration.ofSeconds(20))
                            .until(() -> redis.send(Command.HGET, key, "lease") != null);
                    return value("a");
                })));
            }
            for (Future<Optional<String>> one : all) {
                assertThat(one.get()).contains("a");
            }
        }
        assertThat(computed).hasValue(1);
        assertThat(count("stampede_prevented") - prevented).isBetween(0.0, callers - 1.0);
    }

    /** Attacks E-18: the change comes between reading and storing. */
    @Test
    void aValueFromBeforeAChangeIsNotStoredAfterIt() {
        assertThat(cache.get(kind, key, () -> {
                    redis.send(Command.DEL, key);
                    return value("old");
                }))
                .contains("old");
        assertThat(redis.send(Command.EXISTS, key).toInteger()).isZero();
        assertThat(get("new")).contains("new");
    }

    @Test
    void whoDiesOverItDelaysTheOthersByItsLeaseOnly() {
        redis.send(Command.HSET, key, "lease", "of somebody dead");
        redis.send(Command.PEXPIRE, key, Long.toString(config.lease().toMillis()));
        assertThat(get("a")).contains("a");
    }

    @Test
    void whatFailsIsThrownAndLeavesNothingBehind() {
        assertThatThrownBy(() -> cache.get(kind, key, () -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(redis.send(Command.EXISTS, key).toInteger()).isZero();
    }

    private Optional<String> get(String value) {
        return cache.get(kind, key, () -> value(value));
    }

    private Optional<String> value(String value) {
        computed.incrementAndGet();
        return Optional.ofNullable(value);
    }

    private double count(String outcome) {
        return meters.counter("drover.cache.requests", "cache", "test", "outcome", outcome)
                .count();
    }
}

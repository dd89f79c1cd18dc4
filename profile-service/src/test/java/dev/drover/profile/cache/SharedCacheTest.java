package dev.drover.profile.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import dev.drover.testing.RedisNodes;

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
        double misses = count("miss");
        double hits = count("hit");
        assertThat(get("a")).contains("a");
        assertThat(get("b")).contains("a");
        assertThat(computed).hasValue(1);
        assertThat(count("miss") - misses).isEqualTo(1);
        assertThat(count("hit") - hits).isEqualTo(1);
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
        double spared = count("stampede_prevented") + count("hit");
        double prevented = count("stampede_prevented");
        int callers = 12;
        CountDownLatch leads = new CountDownLatch(1);
        CountDownLatch othersHaveMissed = new CountDownLatch(1);
        long before = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                SharedCache instance = instances.get(i % 2);
                all.add(threads.submit(() -> instance.get(kind, key, () -> {
                    leads.countDown();
                    awaits(othersHaveMissed);
                    return value("a");
                })));
                if (i == 0) {
                    awaits(leads);
                    before = looks();
                }
            }
            long afterAll = before + callers - 1;
            Eventually.within(Duration.ofSeconds(20)).until(() -> looks() >= afterAll);
            othersHaveMissed.countDown();
            for (Future<Optional<String>> one : all) {
                assertThat(one.get()).contains("a");
            }
        }
        assertThat(computed).hasValue(1);
        assertThat(count("stampede_prevented") - prevented).isPositive();
        assertThat(count("stampede_prevented") + count("hit") - spared).isEqualTo(callers - 1);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How often Redis was asked for a field of a hash, as it counts itself. */
    private static long looks() {
        Pattern calls = Pattern.compile("cmdstat_hget:calls=(\\d+)");
        return RedisNodes.ofTheService().ask("INFO", "commandstats").stream()
                .map(calls::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
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

package dev.drover.platform.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ProviderEvaluation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.platform.redis.OwnRedis;
import dev.drover.platform.redis.RedisClientSide;
import dev.drover.stores.EmbeddedRedis;

/** Attacks F-7: what an instance says that Redis does not answer. */
class FlagStalenessTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private OwnRedis own;
    private EmbeddedRedis redis;
    private RedisClientSide side;
    private FlagCopy copy;
    private DroverFeatureProvider provider;

    private record Config(boolean copied, Duration poll, Duration staleAfter) implements FlagConfig {}

    @BeforeEach
    void copyFlags() throws Exception {
        own = OwnRedis.start(folder, 4);
        redis = own.server();
        side = own.client();
        write("on");
        copy = new FlagCopy(
                side.calls(),
                side.client(),
                new Config(true, Duration.ofMillis(50), Duration.ofSeconds(1)),
                side.vertx(),
                new SimpleMeterRegistry());
        provider = new DroverFeatureProvider(new Flags(copy, Clock.systemUTC()));
        copy.start(null);
    }

    @AfterEach
    void stop() throws Exception {
        copy.stop(null);
        own.close();
    }

    @Test
    void withoutRedisTheLastCopyIsUsedAndSaysHowOldItIsUntilItIsConfirmedAgain() throws Exception {
        awaits("a first copy", now -> now.getValue() && !isStale(now));

        redis.suspend();
        awaits("the word that it is old", FlagStalenessTest::isStale);
        assertThat(evaluated().getFlagMetadata().getLong("ageSeconds")).isPositive();
        assertThat(evaluated().getValue()).as("the last that was known").isTrue();

        redis.resume();
        awaits("its confirmation", now -> !isStale(now));
        write("off");
        awaits("the change", now -> !now.getValue());
    }

    private static boolean isStale(ProviderEvaluation<Boolean> evaluation) {
        return evaluation.getFlagMetadata() != null
                && Boolean.TRUE.equals(evaluation.getFlagMetadata().getBoolean("stale"));
    }

    private void awaits(String what, Predicate<ProviderEvaluation<Boolean>> condition) {
        long endNanos = System.nanoTime() + SOON.toNanos();
        while (!condition.test(evaluated())) {
            assertThat(System.nanoTime() - endNanos).as(what).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private ProviderEvaluation<Boolean> evaluated() {
        return provider.getBooleanEvaluation("switch", false, new ImmutableContext("u"));
    }

    private void write(String variant) {
        side.calls()
                .send(
                        Command.HSET,
                        FlagKeys.RECORDS,
                        "switch",
                        "1 1 {\"type\":\"boolean\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\""
                                + variant + "\"}");
        side.calls().send(Command.INCR, FlagKeys.REVISION);
    }
}

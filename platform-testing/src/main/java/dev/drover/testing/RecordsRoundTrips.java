package dev.drover.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A test that asks for {@link RoundTrips}. They are seen by the relay that {@link RedisFixture} puts before a single Redis of its own; nodes of
 * a cluster and sentinels tell clients their own addresses, past any relay. Everywhere else, and so wherever {@code ./drover test} is run
 * without another choice, the test runs, and fails if the relay is not there.
 */
@DisabledIfSystemProperty(
        named = TestedRedis.MODE,
        matches = "cluster|sentinel",
        disabledReason = "only a single Redis can be watched from outside")
@DisabledIfEnvironmentVariable(
        named = TestedRedis.GIVEN,
        matches = ".+",
        disabledReason = "a Redis that is not ours is not watched")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RecordsRoundTrips {}

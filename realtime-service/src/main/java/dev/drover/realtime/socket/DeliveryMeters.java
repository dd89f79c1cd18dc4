package dev.drover.realtime.socket;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what is delivered and who could not follow. */
@Singleton
class DeliveryMeters {

    private final Counter delivered;
    private final Counter slowConsumers;

    DeliveryMeters(MeterRegistry meters) {
        delivered = Counter.builder("drover.realtime.deliveries")
                .description("messages handed to sockets")
                .register(meters);
        slowConsumers = Counter.builder("drover.realtime.slow_consumers")
                .description("sockets closed because they took their messages too slowly")
                .register(meters);
    }

    void delivered() {
        delivered.increment();
    }

    void slowConsumer() {
        slowConsumers.increment();
    }
}

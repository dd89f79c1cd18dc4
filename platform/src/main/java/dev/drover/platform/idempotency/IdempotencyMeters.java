package dev.drover.platform.idempotency;

import java.util.Locale;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts requests with a key by what became of them: {@code drover.idempotency.requests}. */
@Singleton
final class IdempotencyMeters {

    enum Outcome {
        /** Answered by the resource, and recorded. */
        FIRST,
        REPLAYED,
        /** Refused: the key stands for another request. */
        MISMATCH,
        /** Refused: the same request is being answered. */
        RUNNING,
        /** Answered by the resource, and by its status or size not to be recorded, or too late to be. */
        UNRECORDED,
        /** Redis did not answer, before or after the resource. */
        STORE_FAILED
    }

    private final MeterRegistry registry;

    IdempotencyMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Outcome outcome) {
        registry.counter(
                        "drover.idempotency.requests", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}

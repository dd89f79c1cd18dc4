package dev.drover.jobs.media.sweep;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;

import dev.drover.jobs.media.MediaEvents;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.SweepLedger;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.outbox.OutboxRelay;

/** Builds the sweep once, at start, with its bounds from configuration. */
final class SweepProducer {

    @Produces
    @Singleton
    MediaSweep.Stores stores(MediaLedger ledger, SweepLedger sweeping, ObjectStore store, MultipartStore multipart) {
        return new MediaSweep.Stores(ledger, sweeping, store, multipart);
    }

    @Produces
    @Singleton
    MediaSweep sweep(MediaSweep.Stores stores, OutboxRelay relay, SweepConfig config, ObjectMapper json, Clock clock) {
        return new MediaSweep(stores, relay, new MediaEvents(json), SweepPolicy.of(config), clock);
    }

    @Produces
    @Singleton
    JobHandler handler(MediaSweep sweep, ObjectMapper json, MeterRegistry meters) {
        return new SweepHandler(sweep, json, meters);
    }
}

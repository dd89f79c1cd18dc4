package dev.drover.jobs.media.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import jakarta.enterprise.context.Dependent;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.Unremovable;

import dev.drover.jobs.media.Given;
import dev.drover.jobs.media.MediaEvents;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.outbox.OutboxRelay;

/** A sweep of the running service's stores, as the tests want it: at once, and of what is a moment old. */
@Dependent
@Unremovable
class Sweeping {

    static final UploadTerms OVER_AT_ONCE = Given.terms(Duration.ofMillis(1));
    private final MediaSweep.Stores stores;
    private final OutboxRelay relay;
    private final ObjectMapper json;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    Sweeping(MediaSweep.Stores stores, OutboxRelay relay, ObjectMapper json) {
        this.stores = stores;
        this.relay = relay;
        this.json = json;
    }

    SweepReport sweep() throws Exception {
        return sweep(patient());
    }

    SweepReport sweep(SweepPolicy policy) throws Exception {
        return run(policy, false);
    }

    SweepReport dry() throws Exception {
        return run(patient(), true);
    }

    /** As the meter counts it. */
    long swept(String what) {
        return (long) meters.counter("drover.media.swept", "what", what).count();
    }

    private SweepReport run(SweepPolicy policy, boolean dryRun) throws Exception {
        SweepHandler handler = new SweepHandler(of(policy), json, meters);
        JobOutcome outcome = handler.handle(new CheckpointedRun(dryRun));
        assertThat(outcome).isInstanceOf(JobOutcome.Succeeded.class);
        return json.readValue(((JobOutcome.Succeeded) outcome).resultJson(), SweepReport.class);
    }

    /** Removes what is a moment old, and doubts nothing: other tests leave objects behind. The clock is ahead of what was just written. */
    MediaSweep of(MediaSweep.Stores with, SweepPolicy policy) {
        Clock ahead = Clock.fixed(Instant.now().plusSeconds(5), ZoneOffset.UTC);
        return new MediaSweep(with, relay, new MediaEvents(json), policy, ahead);
    }

    MediaSweep of(SweepPolicy policy) {
        return of(stores, policy);
    }

    static SweepPolicy patient() {
        return new SweepPolicy(200, Duration.ZERO, Duration.ofHours(1), 1_000_000);
    }
}

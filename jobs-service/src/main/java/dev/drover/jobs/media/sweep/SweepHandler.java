package dev.drover.jobs.media.sweep;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.drover.jobs.media.sweep.SweepProgress.Phase;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;

/**
 * {@code media.sweep}: its result is the report. With {@code {"dryRun": true}} it only counts. Cut off anywhere, the next run goes on
 * from the last step.
 */
final class SweepHandler implements JobHandler {

    static final String TYPE = "media.sweep";

    private final MediaSweep sweep;
    private final ObjectMapper json;
    private final Counter expired;
    private final Counter orphans;
    private final Counter lost;
    private final Counter uploads;

    SweepHandler(MediaSweep sweep, ObjectMapper json, MeterRegistry meters) {
        this.sweep = sweep;
        this.json = json;
        this.expired = counter(meters, "expired");
        this.orphans = counter(meters, "orphan");
        this.lost = counter(meters, "lost");
        this.uploads = counter(meters, "multipart");
    }

    private static Counter counter(MeterRegistry meters, String what) {
        return meters.counter("drover.media.swept", "what", what);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws JsonProcessingException {
        boolean dryRun = json.readTree(execution.payload()).path("dryRun").asBoolean();
        SweepProgress progress = resumed(execution.checkpoint());
        try {
            while (progress.phase() != Phase.DONE) {
                if (!execution.isLeaseHeld()) {
                    return new JobOutcome.Retry("the lease was lost");
                }
                SweepProgress next = sweep.step(progress, dryRun);
                if (!dryRun) {
                    count(progress.report(), next.report());
                }
                progress = next;
                execution.saveCheckpoint(json.writeValueAsString(progress));
            }
        } catch (Doubtful e) {
            return new JobOutcome.Dead(e.getMessage());
        }
        return new JobOutcome.Succeeded(json.writeValueAsString(progress.report()));
    }

    private SweepProgress resumed(Optional<String> checkpoint) throws JsonProcessingException {
        return checkpoint.isPresent() ? json.readValue(checkpoint.get(), SweepProgress.class) : SweepProgress.BEGIN;
    }

    private void count(SweepReport before, SweepReport after) {
        expired.increment(after.expired() - before.expired());
        orphans.increment(after.orphans() - before.orphans());
        lost.increment(after.lost() - before.lost());
        uploads.increment(after.uploads() - before.uploads());
    }
}

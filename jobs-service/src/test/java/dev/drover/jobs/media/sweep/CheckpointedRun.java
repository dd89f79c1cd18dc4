package dev.drover.jobs.media.sweep;

import java.util.Optional;

import dev.drover.jobs.worker.JobExecution;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** A run that keeps its checkpoint for the next. */
final class CheckpointedRun implements JobExecution {

    private final boolean dryRun;
    private String saved;

    CheckpointedRun() {
        this(false);
    }

    CheckpointedRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public JobId id() {
        return new JobId(new QueueName("housekeeping"), Ids.derive("sweep"));
    }

    @Override
    public String type() {
        return SweepHandler.TYPE;
    }

    @Override
    public String owner() {
        return "system";
    }

    @Override
    public String payload() {
        return "{\"dryRun\":" + dryRun + "}";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long fencingToken() {
        return 1;
    }

    @Override
    public boolean isLeaseHeld() {
        return true;
    }

    @Override
    public void progress(int percent) {}

    @Override
    public Optional<String> checkpoint() {
        return Optional.ofNullable(saved);
    }

    @Override
    public void saveCheckpoint(String checkpointJson) {
        saved = checkpointJson;
    }
}

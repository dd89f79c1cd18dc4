package dev.drover.jobs.media;

import java.util.Optional;

import dev.drover.jobs.worker.JobExecution;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** A run of the job under a lease the test decides about. */
record GivenExecution(String owner, String payload, long fencingToken, boolean isLeaseHeld) implements JobExecution {

    @Override
    public JobId id() {
        return new JobId(new QueueName("media"), Ids.derive(payload));
    }

    @Override
    public String type() {
        return ProcessHandler.TYPE;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(int percent) {}

    @Override
    public Optional<String> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void saveCheckpoint(String checkpointJson) {}
}

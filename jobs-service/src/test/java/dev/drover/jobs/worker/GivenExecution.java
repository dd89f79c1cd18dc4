package dev.drover.jobs.worker;

import java.util.Optional;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** A first run of a job under a lease the test decides about. */
public record GivenExecution(String type, String payload, String owner, long fencingToken, boolean isLeaseHeld)
        implements JobExecution {

    /** The lease is held throughout. */
    public GivenExecution(String type, String payload) {
        this(type, payload, "usr_0123456789abcdefghjkmnpqrs", 1, true);
    }

    @Override
    public JobId id() {
        return new JobId(new QueueName("given"), Ids.derive(type, payload));
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

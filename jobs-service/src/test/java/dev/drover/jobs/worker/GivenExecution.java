package dev.drover.jobs.worker;

import java.util.Optional;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** A first run of a job whose lease is held throughout. */
public record GivenExecution(String type, String payload) implements JobExecution {

    @Override
    public JobId id() {
        return new JobId(new QueueName("given"), Ids.derive(type, payload));
    }

    @Override
    public String owner() {
        return "usr_0123456789abcdefghjkmnpqrs";
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
        return Optional.empty();
    }

    @Override
    public void saveCheckpoint(String checkpointJson) {}
}

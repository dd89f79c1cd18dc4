package dev.drover.media.upload;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.outbox.OutboxEntry;

/** The job that looks into a verified file. Its id is a function of the file's, so a file has one. */
final class PipelineJob {

    static final String TYPE = "media.process";

    private static final QueueName QUEUE = new QueueName("media");

    private PipelineJob() {}

    static OutboxEntry.Job of(String owner, MediaId id) {
        JobId job = new JobId(QUEUE, Ids.derive(TYPE, id.value()));
        return new OutboxEntry.Job(job.toString(), TYPE, owner, "{\"mediaId\":\"" + id + "\"}");
    }
}

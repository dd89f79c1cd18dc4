package dev.drover.jobs.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import dev.drover.jobs.queue.QueueControl;
import dev.drover.jobs.queue.QueueStore;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.JobQueue.EnqueueResult;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.MailJob;

/**
 * {@code digest.daily}: a mail to whoever runs the queues on how they have been. Looking and sending are two jobs; the second one's id
 * follows from the first one's, so that a repeat sends nothing twice, and a mail server that is away is the second one's matter.
 */
@Singleton
final class DigestHandler implements JobHandler {

    static final String TYPE = "digest.daily";

    private final QueueIndex index;
    private final QueueStore queues;
    private final QueueControl control;
    private final JobQueue jobs;
    private final DigestConfig config;

    DigestHandler(QueueIndex index, QueueStore queues, QueueControl control, JobQueue jobs, DigestConfig config) {
        this.index = index;
        this.queues = queues;
        this.control = control;
        this.jobs = jobs;
        this.config = config;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws InterruptedException {
        List<Digest.Line> lines = new ArrayList<>();
        for (QueueName queue : index.all().stream().limit(config.queuesMax()).toList()) {
            if (!execution.isLeaseHeld()) {
                throw new InterruptedException("the lease was lost");
            }
            lines.add(new Digest.Line(queues.count(queue), control.stats(queue, config.period())));
        }
        Digest digest = new Digest(lines);
        Letter letter;
        try {
            String to = new JsonObject(execution.payload()).getString("to", "");
            letter = new Letter(to, subject(digest), digest.text(config.period(), config.late()), Optional.empty());
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return new JobOutcome.Dead("the payload must be {\"to\": an address}");
        }
        return send(execution.id(), letter);
    }

    private String subject(Digest digest) {
        long urgent = digest.needSomebody(config.late());
        return urgent == 0 ? "The queues are well" : "Queues that need somebody: " + urgent;
    }

    private JobOutcome send(JobId digest, Letter letter) {
        JobId id = new JobId(MailJob.QUEUE, Ids.derive("digest", digest.toString()));
        String payload = new JsonObject()
                .put("to", letter.to())
                .put("subject", letter.subject())
                .put("text", letter.text())
                .encode();
        return switch (jobs.enqueue(NewJob.ofPlatform(id, MailJob.TYPE, MailJob.OWNER, payload))) {
            case EnqueueResult.Enqueued added -> done(id);
            case EnqueueResult.AlreadyKnown known -> done(id);
            // A run before this one looked a moment earlier; its word is out.
            case EnqueueResult.IdInUse earlier -> done(id);
            case EnqueueResult.Duplicate other -> done(id);
            case EnqueueResult.Replaced other -> done(id);
            case EnqueueResult.QueueFull full -> new JobOutcome.Retry("the queue mail is full: " + full.depth());
            case EnqueueResult.StorePressed pressed ->
                new JobOutcome.Retry("the store's memory is used up to " + pressed.percent() + " %");
            case EnqueueResult.TooManyQueues full -> new JobOutcome.Retry("no room for the queue mail");
        };
    }

    private static JobOutcome done(JobId mail) {
        return new JobOutcome.Succeeded(
                new JsonObject().put("mail", mail.toString()).encode());
    }
}

package dev.drover.platform.mail;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.outbox.OutboxEntry;

/**
 * The job that sends a letter: type {@value #TYPE} on queue {@code mail}, payload {@code {"letter": "<key>"}}. Neither address nor text
 * nor token is in the job, so whoever may read or lease jobs learns none of them. Its id follows from the letter's, so a letter has one job.
 */
public final class MailJob {

    public static final String TYPE = "mail.send";
    public static final QueueName QUEUE = new QueueName("mail");

    /** Whose the jobs are: nobody's who can log in. */
    public static final String OWNER = "system";

    private static final String LETTER = "letter";

    private MailJob() {}

    public static OutboxEntry.Job of(LetterKey letter) {
        return new OutboxEntry.Job(
                new JobId(QUEUE, letter.unique()).toString(),
                TYPE,
                OWNER,
                new JsonObject().put(LETTER, letter.toString()).encode());
    }

    /** The letter a payload names; empty when it names none. */
    public static Optional<LetterKey> letter(JsonObject payload) {
        return payload.getValue(LETTER) instanceof String name ? LetterKey.parse(name) : Optional.empty();
    }
}

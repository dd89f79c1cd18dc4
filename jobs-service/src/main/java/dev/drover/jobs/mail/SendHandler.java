package dev.drover.jobs.mail;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.drover.jobs.mail.Postbox.Handover;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.mail.Letters;
import dev.drover.platform.mail.MailJob;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * {@code mail.send}: hands one mail to the SMTP server. SMTP has no way to ask whether a mail was taken before, so a worker that dies
 * between the server's yes and the job's end sends it again. Both have the same {@code Message-ID}, made of the job's id, by which
 * receivers that look for it show one.
 */
@Singleton
final class SendHandler implements JobHandler {

    private static final Logger LOG = Logger.getLogger(SendHandler.class);

    /** What is wrong here and not with the mail: log-in and encryption. It goes out when somebody has mended it. */
    private static final Set<Integer> OURS = Set.of(530, 534, 535, 538);

    /** The receiver's own no: unknown, gone, full, not allowed, too large. */
    private static final Set<Integer> RECEIVERS = Set.of(550, 551, 552, 553, 556);

    private static final int PERMANENT = 500;
    private static final Pattern FROM = Pattern.compile("(?:[^<>\\p{Cntrl}]*<)?[^<>@\\s]+@([A-Za-z0-9.-]+)>?");

    private final Postbox postbox;
    private final MailConfig config;
    private final Letters letters;

    SendHandler(Postbox postbox, MailConfig config, Letters letters) {
        this.postbox = postbox;
        this.config = config;
        this.letters = letters;
    }

    @Override
    public String type() {
        return MailJob.TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws InterruptedException {
        if (config.host().isEmpty()) {
            return new JobOutcome.Dead("mail cannot be sent: SMTP_HOST is not set");
        }
        String address = config.from().orElseGet(this::ownAddress);
        Matcher from = FROM.matcher(address);
        if (!from.matches()) {
            return new JobOutcome.Dead("mail cannot be sent: SMTP_FROM is no address");
        }
        Sender sender = new Sender(address, "<" + execution.id() + "@" + from.group(1) + ">");
        return switch (MailPayload.parse(execution.payload())) {
            case MailPayload.Unusable(String why) -> new JobOutcome.Dead(why);
            case MailPayload.Inline(Letter letter) -> send(letter, sender, execution);
            case MailPayload.Named(LetterKey key) -> sendNamed(key, sender, execution);
        };
    }

    private String ownAddress() {
        return "noreply@" + config.site().map(URI::getHost).orElse("");
    }

    private record Sender(String from, String messageId) {}

    /** A letter that is gone was sent or has expired; either way there is nothing to do. */
    private JobOutcome sendNamed(LetterKey key, Sender sender, JobExecution execution) throws InterruptedException {
        Optional<Letter> letter = letters.find(key);
        if (letter.isEmpty()) {
            return new JobOutcome.Succeeded(null);
        }
        JobOutcome outcome = send(letter.get(), sender, execution);
        if (outcome instanceof JobOutcome.Succeeded || outcome instanceof JobOutcome.Failed) {
            discard(key);
        }
        return outcome;
    }

    private void discard(LetterKey key) {
        try {
            letters.discard(key);
        } catch (StoreUnavailableException e) {
            // Sent is sent: to try the job again would send it twice. The letter ends by its time to live.
            LOG.infof("a letter that was sent is not forgotten yet: %s", e.getMessage());
        }
    }

    private JobOutcome send(Letter letter, Sender sender, JobExecution execution) throws InterruptedException {
        if (!execution.isLeaseHeld()) {
            return new JobOutcome.Retry("the lease was lost before the mail was sent");
        }
        return switch (postbox.send(letter, sender.from(), sender.messageId(), config.timeout())) {
            case Handover.Taken taken -> new JobOutcome.Succeeded(null);
            case Handover.Refused(int code) -> refused(code);
            case Handover.Unreached(String reason) -> new JobOutcome.Retry(reason);
        };
    }

    private static JobOutcome refused(int code) {
        if (code < PERMANENT || OURS.contains(code)) {
            return new JobOutcome.Retry("the SMTP server answered " + code);
        }
        return RECEIVERS.contains(code)
                ? new JobOutcome.Failed("the receiver's server answered " + code)
                : new JobOutcome.Dead("the SMTP server answered " + code);
    }
}

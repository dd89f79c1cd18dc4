package dev.drover.auth.mail;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.mail.MailJob;
import dev.drover.platform.outbox.OutboxEntry;

/**
 * A letter and where it will lie; the script of the change it tells of writes it and leaves its job in the outbox.
 *
 * @param lifetime how long it is of use
 */
public record OutgoingMail(LetterKey key, Letter letter, Duration lifetime) {

    public String lifetimeMillis() {
        return Long.toString(lifetime.toMillis());
    }

    /** {@code lifetime, to, subject, text, id, type, owner, payload} as scripts take them. */
    public List<String> args() {
        return Stream.of(List.of(lifetimeMillis()), letterArgs(), jobArgs())
                .flatMap(List::stream)
                .toList();
    }

    /** {@code to, subject, text} as scripts take them. */
    public List<String> letterArgs() {
        return List.of(letter.to(), letter.subject(), letter.text());
    }

    /** {@code id, type, owner, payload} as scripts take them. */
    public List<String> jobArgs() {
        OutboxEntry.Job job = MailJob.of(key);
        return List.of(job.id(), job.type(), job.owner(), job.payload());
    }
}

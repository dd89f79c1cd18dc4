package dev.drover.jobs.mail;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Singleton;

import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;

import dev.drover.platform.mail.Letter;

/** The server of {@code quarkus.mailer.*}. Its words stay here but for the code: they like to repeat the address. */
@Singleton
final class SmtpPostbox implements Postbox {

    private static final int NO_CODE = 100;

    private final MailClient client;

    SmtpPostbox(MailClient client) {
        this.client = client;
    }

    @Override
    public Handover send(Letter letter, String from, String messageId, Duration timeout) throws InterruptedException {
        MailMessage message = new MailMessage()
                .setFrom(from)
                .setTo(letter.to())
                .setSubject(letter.subject())
                .setText(letter.text())
                .addHeader("Message-ID", messageId)
                // Automatic replies leave it alone (RFC 3834).
                .addHeader("Auto-Submitted", "auto-generated");
        letter.html().ifPresent(message::setHtml);
        try {
            client.sendMail(message)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Handover.Taken();
        } catch (TimeoutException e) {
            return new Handover.Unreached("no answer of the SMTP server within " + timeout);
        } catch (ExecutionException e) {
            return e.getCause() instanceof SMTPException no && no.getReplyCode() >= NO_CODE
                    ? new Handover.Refused(no.getReplyCode())
                    : new Handover.Unreached("the SMTP server was not reached: "
                            + e.getCause().getClass().getSimpleName());
        }
    }
}

package dev.drover.jobs.mail;

import java.time.Duration;

import dev.drover.platform.mail.Letter;

/** Hands letters to the server that carries them. */
interface Postbox {

    /**
     * Hands over one letter. The server may have taken it whatever is answered but {@link Handover.Refused}; {@code messageId} tells a
     * receiver that two are one.
     */
    Handover send(Letter letter, String from, String messageId, Duration timeout) throws InterruptedException;

    sealed interface Handover {

        record Taken() implements Handover {}

        /** The server said no. {@code code}: SMTP's, three digits. */
        record Refused(int code) implements Handover {}

        /** It was not reached, did not answer in time, or broke off. {@code reason} names no address. */
        record Unreached(String reason) implements Handover {}
    }
}

package dev.drover.lab.mailbox;

import java.time.Instant;

/** A mail that would have gone to somebody. */
public record ReceivedMail(String to, String from, String subject, String text, Instant receivedAt) {}

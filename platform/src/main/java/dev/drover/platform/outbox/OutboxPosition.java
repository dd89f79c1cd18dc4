package dev.drover.platform.outbox;

/** Where an entry stands: the key of its outbox and its id in that stream. */
public record OutboxPosition(String outbox, String entryId) {}

package dev.drover.platform.outbox;

/** What stands at a place of an outbox. */
public sealed interface StoredEntry {

    OutboxPosition position();

    record Readable(OutboxPosition position, OutboxEntry entry) implements StoredEntry {}

    /** An entry of no known form. */
    record Unreadable(OutboxPosition position, String reason) implements StoredEntry {}
}

package dev.drover.platform.outbox;

/**
 * What a service's own script leaves beside its change, in the same slot and the same atomic step, for the relay to carry on. Every kind
 * is idempotent at its target by its id, so the relay may deliver twice.
 */
public sealed interface OutboxEntry {

    /** A job for a queue. Wire form: stream fields {@code kind=job, id, type, owner, payload}. */
    record Job(String id, String type, String owner, String payload) implements OutboxEntry {}

    /** A message for a channel. Wire form: stream fields {@code kind=event, channel, id, data}. */
    record Event(String channel, String id, String data) implements OutboxEntry {}

    /** The job {@code id} waits for the end of the job {@code on}. Wire form: {@code kind=depend, id, on}. */
    record Depends(String id, String on) implements OutboxEntry {}

    /** A job others wait for has ended. Wire form: {@code kind=ended, id, state}. */
    record Ended(String id, String state) implements OutboxEntry {}

    /** A job that comes to another queue, under its id there. Wire form: {@code kind=moved, id, record, payload, checkpoint}. */
    record Moved(String id, String record, String payload, String checkpoint) implements OutboxEntry {}
}

package dev.drover.auth.audit;

/**
 * Where what happened is written down, after it has happened: the log has a slot of its own, so an entry cannot be part of the step it
 * tells of. Each append is one atomic step that also chains the entry to the one before. An instance that dies between the step and the
 * entry loses the entry; a request that is repeated may write a second one. A store that does not answer fails no request: the event goes to
 * the log of the instance instead, and {@code drover.auth.audit_lost} counts it.
 */
public interface AuditLog {

    /** The client's network address is added by itself while a request is being answered. */
    void append(AuditEvent event);

    /** As {@link #append}, but of all calls with one name, on all instances and within a day, one writes. */
    void appendOnce(String name, AuditEvent event);
}

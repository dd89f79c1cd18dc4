package dev.drover.auth.audit;

import java.time.Duration;

/**
 * Where what happened is written down. A change in an account's slot leaves its entry there in the same step ({@link #entry}); what happens
 * in a session's slot is written before it happens ({@link #appendAhead}), so that nothing that happened can be without its entry. What is
 * written is owed to the log until it is chained, a moment later by whichever instance looks first.
 */
public interface AuditLog {

    /** How long an entry that a script left beside its change waits for {@link #carry}. */
    Duration CARRIED_WITHIN = Duration.ofDays(30);

    /** For the script of the change it tells of. The client's network address is added by itself while a request is being answered. */
    OwedEntry entry(AuditEvent event);

    /**
     * For what changes nothing, such as an attempt to log in while there is a lock: a store that does not answer fails no request then, the
     * event goes to the log of the instance, and {@code drover.auth.audit_lost} counts it.
     */
    void append(AuditEvent event);

    /** Before what it tells of: a store that does not answer ends the request, so that nothing happens unwritten. */
    void appendAhead(AuditEvent event);

    /**
     * Of all calls with one name, on all instances and within a day, one writes. For what a repeated request
     * would write again; otherwise as {@link #appendAhead}.
     */
    void appendOnce(String name, AuditEvent event);

    /**
     * Takes to the log what a script left in {@link AuditKeys#of} a session, a lock-out or an account, where no errand looks. Whoever meets it
     * again does it again, so that one who died in between, or a store that does not answer, leaves it to the next.
     */
    void carry(String owner);
}

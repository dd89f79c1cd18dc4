package dev.drover.auth.session;

import jakarta.inject.Singleton;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;

/**
 * Ends sessions of an account wholesale. That they are to end is decided in one step in the account's slot; each is then revoked in its
 * own, before the request is answered, and by any instance later if this one dies in between.
 */
@Singleton
public final class SessionClosing {

    private final Errands errands;
    private final SessionList list;
    private final ClosingErrand errand;
    private final AuditLog audit;

    SessionClosing(Errands errands, SessionList list, ClosingErrand errand, AuditLog audit) {
        this.errands = errands;
        this.list = list;
        this.errand = errand;
        this.audit = audit;
    }

    /**
     * Ends every session of the account. When it returns, none of them counts any more, and none that was being opened will.
     *
     * @param because kept with each session: {@code logout_all}, {@code admin}, …
     * @param event   what is written of it, in the same step
     */
    public void closeAll(String account, String because, AuditEvent event) {
        OwedEntry entry = audit.entry(event);
        errands.during(account, () -> {
            list.closeAll(account, because, entry);
            return account;
        });
        errand.finish(account);
    }

    /** Revokes what a script has marked in {@link SessionListKeys#closing}. */
    public void finish(String account) {
        errand.finish(account);
    }
}

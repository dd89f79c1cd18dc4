package dev.drover.auth.erasure;

import java.time.Clock;

import jakarta.inject.Singleton;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.session.SessionClosing;
import dev.drover.platform.erasure.Erasures;

/**
 * Erasing an account: one step decides, the rest follows before the answer, or by any instance if this one dies. Of it stay its id in the
 * audit log and, for a day, the mark that it was there. What other services hold of the user is erased by a job, the same that
 * {@code DELETE /profiles/me} begins; it is begun first, so that there is no account without it.
 */
@Singleton
final class Erasure {

    /** Why a session ended, as erase_account.lua says it. */
    static final String BECAUSE = "erased";

    private final ErasureStore store;
    private final Erasures everything;
    private final Errands errands;
    private final ErasureErrand errand;
    private final SessionClosing sessions;
    private final AuditLog audit;
    private final ErasureConfig config;
    private final Clock clock;

    Erasure(
            ErasureStore store,
            Erasures everything,
            Errands errands,
            ErasureErrand errand,
            SessionClosing sessions,
            AuditLog audit,
            ErasureConfig config,
            Clock clock) {
        this.store = store;
        this.everything = everything;
        this.errands = errands;
        this.errand = errand;
        this.sessions = sessions;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    /** False when the session is too old to be sure that it is still its owner who uses it; nothing was changed. */
    boolean erase(AccountId id, String session) {
        boolean isRecent = store.openedAt(session)
                .map(opened -> opened.plus(config.loginWithin()).isAfter(clock.instant()))
                .orElse(false);
        if (!isRecent) {
            return false;
        }
        everything.begin(id.value());
        OwedEntry entry = audit.entry(AuditEvent.of(AuditKind.ERASED).about(id.value()));
        errands.during(id.value(), () -> store.erase(id, clock.instant(), config.markKept(), entry));
        finish(id);
        return true;
    }

    /** What follows once it is decided. Repeating it does no harm, so a request that is repeated leaves nothing undone. */
    void finish(AccountId id) {
        sessions.finish(id.value());
        errand.finish(id);
    }
}

package dev.drover.auth.erasure;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.errand.Errand;

/**
 * Accounts of users who are being erased as a whole: the job that does it notes the account, and its owner has shown a log-in of the last minutes. The
 * end of the sessions and the address are errands of their own, so the account stays noted once more.
 */
@Singleton
final class RequestedErasure implements Errand {

    private final ErasureStore store;
    private final AuditLog audit;
    private final ErasureConfig config;
    private final Clock clock;

    RequestedErasure(ErasureStore store, AuditLog audit, ErasureConfig config, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Set<String> carryOut(List<String> accounts) {
        Set<String> unfinished = new HashSet<>();
        for (String account : accounts) {
            AccountId id = new AccountId(account);
            if (store.isRequested(id)
                    && store.erase(
                            id,
                            clock.instant(),
                            config.markKept(),
                            audit.entry(AuditEvent.of(AuditKind.ERASED).about(account)))) {
                unfinished.add(account);
            }
        }
        return unfinished;
    }
}

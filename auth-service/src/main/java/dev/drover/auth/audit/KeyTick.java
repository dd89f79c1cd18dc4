package dev.drover.auth.audit;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;

import dev.drover.auth.token.SigningKeys;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.LocalTick;
import dev.drover.platform.stateless.ProcessLocal;

/** Looks at the mounted keys also while no request comes, and has a rotation in the audit log, once. */
@Singleton
public class KeyTick {

    private final SigningKeys keys;
    private final AuditLog audit;

    @ProcessLocal(because = "what this process saw last; of all that see a change one writes it down")
    private volatile String seen = "";

    KeyTick(SigningKeys keys, AuditLog audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @LocalTick(because = "each process has a copy of its own of the folder")
    @Scheduled(every = "{auth.token.keys-max-age}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        String before = seen;
        String now = keys.signingId();
        if (!before.isEmpty() && !before.equals(now)) {
            try {
                audit.appendOnce(
                        "key:" + now,
                        AuditEvent.of(AuditKind.KEY_ROTATED)
                                .with("from", before)
                                .with("to", now));
            } catch (StoreUnavailableException e) {
                // The next tick sees the same.
                return;
            }
        }
        seen = now;
    }
}

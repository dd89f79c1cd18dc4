package dev.drover.platform.idempotency;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jboss.logging.Logger;

import dev.drover.platform.idempotency.IdempotencyMeters.Outcome;
import dev.drover.platform.stateless.LocalTick;

/**
 * A claim that this request has on its intention, renewed until it is settled. It is settled once: with the answer, or without. If the
 * record cannot be written the answer is given all the same, because what was done is done and a repeat, which will be run again, finds
 * it by the ids that follow from the key.
 */
final class ActiveRun {

    private static final Logger LOG = Logger.getLogger(ActiveRun.class);

    private final IdempotencyStore store;
    private final IdempotencyMeters meters;
    private final IdempotencyConfig config;
    private final RecordSeal seal;
    private final String name;
    private final Cancellable renewal;
    private final AtomicBoolean settled = new AtomicBoolean();

    ActiveRun(
            IdempotencyStore store, IdempotencyMeters meters, IdempotencyConfig config, RecordSeal seal, String name) {
        this.store = store;
        this.meters = meters;
        this.config = config;
        this.seal = seal;
        this.name = name;
        this.renewal = renew();
    }

    @LocalTick(because = "renews the lease of a request this process is answering; when it dies the lease ends")
    private Cancellable renew() {
        Duration interval = config.lease().dividedBy(3);
        return Multi.createFrom()
                .ticks()
                .startingAfter(interval)
                .every(interval)
                .onOverflow()
                .drop()
                .select()
                .first(Math.max(1, config.runMax().dividedBy(interval)))
                .onItem()
                // A renewal that fails may succeed next time; only the store's own word ends it.
                .transformToUniAndConcatenate(tick ->
                        store.renew(seal, name, config.lease()).onFailure().recoverWithItem(true))
                .select()
                .first(held -> held)
                .subscribe()
                .with(held -> {}, failure -> LOG.warn("the renewal of a run ended", failure));
    }

    /** Records the answer, so that it may be sent. Blocks. */
    void finish(Answer answer) {
        if (!settle()) {
            return;
        }
        try {
            boolean kept = store.finish(seal, name, seal.encrypt(answer.toBytes()), config.retention());
            meters.count(kept ? Outcome.FIRST : Outcome.UNRECORDED);
        } catch (RuntimeException e) {
            meters.count(Outcome.STORE_FAILED);
            LOG.warnf("an answer was given and not recorded: %s", e.getMessage());
            free();
        }
    }

    /** Leaves no record, so that a repeat asks the resource again at once. Blocks. */
    void abandon() {
        if (!settle()) {
            return;
        }
        try {
            store.abandon(seal, name).await().indefinitely();
            meters.count(Outcome.UNRECORDED);
        } catch (RuntimeException e) {
            meters.count(Outcome.STORE_FAILED);
            LOG.debugf("a key stays taken until its lease ends: %s", e.getMessage());
        }
    }

    /** The request is over, however it ended; does not block. */
    void close() {
        if (settle()) {
            meters.count(Outcome.UNRECORDED);
            free();
        }
    }

    private boolean settle() {
        renewal.cancel();
        return settled.compareAndSet(false, true);
    }

    /** Whether it arrives decides only how soon a repeat may run: at the latest when the lease ends. */
    private void free() {
        store.abandon(seal, name)
                .subscribe()
                .with(freed -> {}, failure -> LOG.debugf("a key stays taken until its lease ends: %s", failure));
    }
}

package dev.drover.auth.errand;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.arc.All;
import org.jboss.logging.Logger;

import dev.drover.auth.errand.ErrandStore.Noted;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Sees to it that what a change of an account entails elsewhere (a mail, the end of sessions) is done, whoever dies. The account is noted
 * before the change, because the list of noted accounts is in another slot; the change leaves what is to be done in the account's own;
 * every instance goes through the list, and an account leaves it once it has nothing left and no change can be under way.
 */
@Singleton
public final class Errands {

    private static final Logger LOG = Logger.getLogger(Errands.class);

    private final ErrandStore store;
    private final List<Errand> errands;
    private final ErrandPolicy policy;

    @Inject
    Errands(ErrandStore store, @All List<Errand> errands, ErrandConfig config) {
        this(store, errands, ErrandPolicy.of(config));
    }

    Errands(ErrandStore store, List<Errand> errands, ErrandPolicy policy) {
        this.store = store;
        this.errands = errands;
        this.policy = policy;
    }

    /** A change that may leave something to be done. */
    public <T> T during(String account, Supplier<T> change) {
        store.note(account);
        long notedNanos = System.nanoTime();
        T result = change.get();
        promptly(account);
        if (Duration.ofNanos(System.nanoTime() - notedNanos)
                        .compareTo(policy.grace().dividedBy(2))
                > 0) {
            // This process was stopped in between; the account may have been struck off before the change was made.
            store.note(account);
        }
        return result;
    }

    private void promptly(String account) {
        try {
            for (Errand errand : errands) {
                if (errand.isPrompt()) {
                    errand.carryOut(List.of(account));
                }
            }
        } catch (StoreUnavailableException e) {
            LOG.debugf("left for later: %s", e.getMessage());
        }
    }

    /** @return how many accounts were looked after */
    public int run() {
        List<Noted> taken = store.take(policy.batch(), policy.lease());
        if (taken.isEmpty()) {
            return 0;
        }
        List<String> accounts = taken.stream().map(Noted::account).toList();
        Set<String> unfinished = new HashSet<>();
        for (Errand errand : errands) {
            unfinished.addAll(errand.carryOut(accounts));
        }
        taken.stream()
                .filter(noted -> !unfinished.contains(noted.account()))
                .forEach(noted -> store.settle(noted, policy.grace()));
        return taken.size();
    }
}

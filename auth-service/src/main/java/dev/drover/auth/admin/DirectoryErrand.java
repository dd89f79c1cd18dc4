package dev.drover.auth.admin;

import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.errand.Errand;

/** Enters accounts in the directory, which is in another slot than they are. */
@Singleton
final class DirectoryErrand implements Errand {

    private final UserStore store;

    DirectoryErrand(UserStore store) {
        this.store = store;
    }

    @Override
    public Set<String> carryOut(List<String> ids) {
        ids.stream().map(AccountId::new).forEach(this::enter);
        return Set.of();
    }

    /** Asked again afterwards: an account that was erased in between must not stay in the directory. */
    private void enter(AccountId id) {
        store.address(id).ifPresent(email -> {
            store.enter(email, id);
            if (store.address(id).isEmpty()) {
                store.remove(email, id);
            }
        });
    }
}

package dev.drover.auth.erasure;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.admin.Directory;
import dev.drover.auth.errand.Errand;

/** What an erased account left in other slots: its entry in the directory and its address. The order lets a stop anywhere be carried on. */
@Singleton
final class ErasureErrand implements Errand {

    private final ErasureStore store;
    private final Directory directory;

    ErasureErrand(ErasureStore store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    @Override
    public Set<String> carryOut(List<String> accounts) {
        accounts.forEach(account -> finish(new AccountId(account)));
        return Set.of();
    }

    void finish(AccountId id) {
        Optional<EmailAddress> held = store.addressToFree(id);
        held.ifPresent(email -> {
            directory.remove(email.value(), id);
            store.free(email, id);
            store.freed(id);
        });
    }
}

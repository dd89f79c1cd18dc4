package dev.drover.auth.admin;

import jakarta.inject.Singleton;

import dev.drover.auth.account.AccountId;

/** The list of all accounts, for whoever takes one away. */
@Singleton
public final class Directory {

    private final UserStore store;

    Directory(UserStore store) {
        this.store = store;
    }

    /** Harmless to repeat. */
    public void remove(String email, AccountId id) {
        store.remove(email, id);
    }
}

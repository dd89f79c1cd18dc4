package dev.drover.auth.account;

class InMemoryAccountStoreTest extends AccountStoreContract {

    private final AccountStore store = new InMemoryAccountStore();

    @Override
    protected AccountStore store() {
        return store;
    }
}

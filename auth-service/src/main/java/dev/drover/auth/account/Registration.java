package dev.drover.auth.account;

/** What a store made of a new account. */
sealed interface Registration {

    record Registered(Account account) implements Registration {}

    /** The very id holds the address already; this is what was registered then. */
    record AlreadyRegistered(Account account) implements Registration {}

    record AddressTaken() implements Registration {}
}

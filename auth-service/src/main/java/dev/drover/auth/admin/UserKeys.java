package dev.drover.auth.admin;

/** The directory in Redis: one sorted set for all accounts, about 120 bytes each, read by admins only. */
final class UserKeys {

    /** All with score 0; members are {@code <address> <account>}, and no address has a space. */
    static final String DIRECTORY = "drover:{users}:by-email";

    private UserKeys() {}
}

package dev.drover.auth.password;

/**
 * Turns passwords into what may be stored of them, and checks them. Each call costs tens of milliseconds of a core and waits its turn at
 * the gate; beyond the gate's limits it ends the request with 503 {@code overloaded}.
 */
public interface PasswordHasher {

    PasswordHash hash(Password password);

    boolean matches(Password password, PasswordHash stored);

    /** Whether a new hash of the same password would have another cost: the one of the configuration has changed since. */
    boolean isOutdated(PasswordHash stored);

    /** Costs what {@link #matches} costs and says no: for an account that does not exist. */
    boolean matchesNothing(Password password);
}

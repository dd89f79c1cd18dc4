package dev.drover.auth.account;

/** How a sign-up ended. */
sealed interface SignUpResult {

    record Created(Account account) implements SignUpResult {}

    /** The same request came before and was carried out; this is its account. */
    record Repeated(Account account) implements SignUpResult {}

    record EmailTaken() implements SignUpResult {}

    /** The same Idempotency-Key came before with another password or name. */
    record KeyReused() implements SignUpResult {}
}

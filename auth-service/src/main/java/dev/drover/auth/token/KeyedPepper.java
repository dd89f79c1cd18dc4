package dev.drover.auth.token;

import jakarta.inject.Singleton;

import dev.drover.platform.idempotency.IdempotencyPepper;

/**
 * Requests and answers of this service carry passwords and tokens. With a key that is not in Redis, even a guessable {@code
 * Idempotency-Key} leaves nothing there to try passwords against.
 */
@Singleton
final class KeyedPepper implements IdempotencyPepper {

    private final KeyedSecrets secrets;

    KeyedPepper(KeyedSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public byte[] value() {
        return secrets.derive("idempotency", "pepper");
    }
}

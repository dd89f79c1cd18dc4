package dev.drover.platform.identity;

import jakarta.inject.Singleton;

import dev.drover.platform.start.WarmUp;

/** Has the public keys before anybody's token waits for them. */
@Singleton
final class KeysWarmUp implements WarmUp {

    private final TokenVerifier verifier;

    KeysWarmUp(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void run() throws InterruptedException {
        if (verifier instanceof JwksTokenVerifier published) {
            published.fetchAhead();
        }
    }
}

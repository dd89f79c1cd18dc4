package dev.drover.auth.password;

import jakarta.inject.Singleton;

import dev.drover.platform.start.WarmUp;

/** Hashes once, so that the first log-in does not load what hashing needs. */
@Singleton
final class HasherWarmUp implements WarmUp {

    private final PasswordHasher hasher;

    HasherWarmUp(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public void run() {
        hasher.hash(Password.presented("nobody's password"));
    }
}

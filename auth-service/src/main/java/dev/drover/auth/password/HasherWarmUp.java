package dev.drover.auth.password;

import jakarta.inject.Singleton;

import dev.drover.auth.password.PasswordHash.Parameters;
import dev.drover.platform.start.WarmUp;

/** Hashes once, so that the first log-in does not load what hashing needs: in a twentieth of the memory, for its cost is no matter here. */
@Singleton
final class HasherWarmUp implements WarmUp {

    private static final PasswordHash SMALL = PasswordHash.of(new Parameters(1_024, 1, 1), new byte[16], new byte[32]);

    private final PasswordHasher hasher;

    HasherWarmUp(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public void run() {
        hasher.matches(Password.presented("nobody's password"), SMALL);
    }
}

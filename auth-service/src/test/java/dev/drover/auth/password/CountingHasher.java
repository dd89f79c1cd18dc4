package dev.drover.auth.password;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes at no cost and counts how often; for tests of what is around it. */
public final class CountingHasher implements PasswordHasher {

    private PasswordHash.Parameters cost = new PasswordHash.Parameters(8, 1, 1);

    private final AtomicInteger computed = new AtomicInteger();

    public int computed() {
        return computed.get();
    }

    @Override
    public PasswordHash hash(Password password) {
        computed.incrementAndGet();
        byte[] text = password.utf8();
        return PasswordHash.of(cost, "no salt here".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(text, 32));
    }

    @Override
    public boolean matches(Password password, PasswordHash stored) {
        return hash(password).hash().equals(stored.hash());
    }

    /** From now on every hash made before is outdated. */
    public void changeCost() {
        cost = new PasswordHash.Parameters(16, 1, 1);
    }

    @Override
    public boolean isOutdated(PasswordHash stored) {
        return !stored.parameters().equals(cost);
    }

    @Override
    public boolean matchesNothing(Password password) {
        computed.incrementAndGet();
        return false;
    }
}

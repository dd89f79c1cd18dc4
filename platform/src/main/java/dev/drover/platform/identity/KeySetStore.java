package dev.drover.platform.identity;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/**
 * A copy of the JWK set that auth-service publishes, public keys only, for who starts while no instance of auth-service answers. Each instance of
 * auth-service writes it again and again; nobody else does, and who reaches auth-service does not read it.
 */
public interface KeySetStore {

    /** Longer than auth-service is ever away as a whole; then a key that was taken out is nobody's any more. */
    Duration KEPT = Duration.ofDays(1);

    /** Takes the place of the copy before, in one step. Blocks. */
    void put(String keySet);

    /** The copy as it was put; null when there is none. For event loops too. */
    Uni<String> read();
}

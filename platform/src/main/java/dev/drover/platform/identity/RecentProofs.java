package dev.drover.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.drover.platform.stateless.SoftCache;

/**
 * What was proven to this instance lately, by name, so that it need not be proven with every request. Bounded in number and age; whoever
 * asks decides whether it still counts.
 */
final class RecentProofs<V> {

    private static final int ENTRIES_MAX = 10_000;

    private record Proof<V>(V value, Instant until) {}

    private final Clock clock;
    private final Duration ageMax;

    @SoftCache(
            maxEntries = ENTRIES_MAX,
            maxAge = "PT10M",
            because = "what is missing is proven once more, to the same result")
    private final Map<String, Proof<V>> proofs = new ConcurrentHashMap<>();

    /** @param ageMax after this a proof is forgotten; ten minutes at most */
    RecentProofs(Clock clock, Duration ageMax) {
        this.clock = clock;
        this.ageMax = ageMax;
    }

    Optional<V> find(String name) {
        Proof<V> proof = proofs.get(name);
        return proof != null && clock.instant().isBefore(proof.until()) ? Optional.of(proof.value()) : Optional.empty();
    }

    void add(String name, V value) {
        if (proofs.size() >= ENTRIES_MAX) {
            makeRoom();
        }
        proofs.put(name, new Proof<>(value, clock.instant().plus(ageMax)));
    }

    void remove(String name) {
        proofs.remove(name);
    }

    private void makeRoom() {
        Instant now = clock.instant();
        proofs.values().removeIf(proof -> !now.isBefore(proof.until()));
        if (proofs.size() >= ENTRIES_MAX) {
            proofs.clear();
        }
    }
}
